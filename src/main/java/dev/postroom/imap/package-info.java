/**
 * IMAP service (RFC 3501, in a shape that RFC 9051 can join).
 *
 * <p>Way in: {@link dev.postroom.imap.ImapServer} opens the ports, {@link
 * dev.postroom.imap.ImapSession} holds a conversation. Each family of commands has its class, and
 * so has each command of more than a few lines. {@link dev.postroom.imap.SelectedFolder} alone
 * knows message numbers. Nothing holds a whole message; no list of messages opens blobs.
 */
@NullMarked
package dev.postroom.imap;

import org.jspecify.annotations.NullMarked;
