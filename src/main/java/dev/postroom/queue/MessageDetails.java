package dev.postroom.queue;

import java.util.List;

/**
 * A waiting message as its page shows it.
 *
 * @param others the same message for other recipients, those that wait
 * @param header its header section; empty for those who may not read it
 */
public record MessageDetails(QueuedMessage message, List<QueuedMessage> others, String header) {}
