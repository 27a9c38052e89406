package dev.postroom.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for. Empty texts and nulls ask for nothing.
 *
 * @param sender an address, a domain, or {@code <>} for reports
 * @param recipient an address or a domain
 * @param messageId with or without its angle brackets
 * @param client the address of whoever brought it
 * @param from messages that came at that time or later
 * @param until messages that came before
 */
public record TrailQuery(
    String sender,
    String recipient,
    String trace,
    String messageId,
    String client,
    @Nullable Outcome outcome,
    @Nullable Instant from,
    @Nullable Instant until) {
  public static final TrailQuery EVERYTHING = new TrailQuery("", "", "", "", "", null, null, null);
}
