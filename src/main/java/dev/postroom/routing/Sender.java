package dev.postroom.routing;

import dev.postroom.directory.PlanLimits;
import dev.postroom.mail.MailAddress;

/**
 * A mailbox user who sends a message.
 *
 * @param limits what the account's plan allows
 */
public record Sender(long mailboxId, long accountId, MailAddress address, PlanLimits limits) {}
