/**
 * POP3 service (RFC 1939) with CAPA (RFC 2449), STLS (RFC 2595), AUTH (RFC 5034), UTF8 and LANG
 * (RFC 6856) and response codes (RFC 2449, RFC 3206).
 *
 * <p>Way in: {@link dev.postroom.pop3.Pop3Server} opens the ports, {@link
 * dev.postroom.pop3.Pop3Session} is one conversation. {@link dev.postroom.pop3.Pop3Parser} knows
 * the grammar and nothing else. The maildrop is the mailbox's INBOX as it was at login; nothing is
 * removed before QUIT.
 */
@NullMarked
package dev.postroom.pop3;

import org.jspecify.annotations.NullMarked;
