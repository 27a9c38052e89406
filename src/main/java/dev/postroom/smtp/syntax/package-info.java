/**
 * The grammar of SMTP (RFC 5321): pure functions from lines to commands and replies, and back.
 *
 * <p>Way in: {@link dev.postroom.smtp.syntax.SmtpParser} for servers, {@link
 * dev.postroom.smtp.syntax.SmtpReplyParser} for clients. Nothing here reads, waits or remembers.
 */
@NullMarked
package dev.postroom.smtp.syntax;

import org.jspecify.annotations.NullMarked;
