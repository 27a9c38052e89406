package dev.postroom.bulk;

import dev.postroom.mail.MailAddress;

/**
 * One recipient of a job.
 *
 * @param status the last words about it, or empty
 */
public record BulkRecipient(MailAddress address, RecipientState state, String status) {}
