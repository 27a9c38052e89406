package dev.postroom.sending;

/**
 * Somebody has used most of a limit, and was not told of one today: a CDI event, on a thread of its
 * own.
 *
 * @param mailboxId who sent the last message
 * @param what {@code messages an hour}
 */
public record LimitNear(Scope scope, long mailboxId, String what, long used, long limit) {}
