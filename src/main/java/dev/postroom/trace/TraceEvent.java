package dev.postroom.trace;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a message for one recipient.
 *
 * @param accountId whose part of the story it is: that account, its reseller and administrators see
 *     it. Null: the account of the recipient's domain, and administrators alone when that is not
 *     hosted here
 * @param recipient null when there is none: the message was refused before one was named
 */
public record TraceEvent(
    TraceId trace, @Nullable Long accountId, @Nullable MailAddress recipient, Step step) {}
