package dev.postroom.directory;

import dev.postroom.mail.MailAddress;

/**
 * Where a forwarder or catch-all leads, as its owner sees it.
 *
 * @param lastRefusal what the server there said when it last refused a message, or empty
 */
public record DestinationInfo(MailAddress address, DestinationState state, String lastRefusal) {}
