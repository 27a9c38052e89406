package dev.postroom.routing;

import dev.postroom.mail.MailAddress;
import dev.postroom.sending.Reservation;

/**
 * A mailbox user who sends a message.
 *
 * @param room what this message takes from its sender's limits
 */
public record Sender(long mailboxId, long accountId, MailAddress address, Reservation room) {}
