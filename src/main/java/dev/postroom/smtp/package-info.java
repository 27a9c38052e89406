/**
 * SMTP service (RFC 5321) and message submission (RFC 6409).
 *
 * <p>One {@link dev.postroom.smtp.SmtpSession} for each connection reads a command, switches over
 * it and replies. 250 after DATA means that the message is durable for all its recipients; failures
 * on our side are 4xx, and nothing of the message is kept.
 */
@NullMarked
package dev.postroom.smtp;

import org.jspecify.annotations.NullMarked;
