package dev.postroom.store;

/**
 * What a mailbox holds and may hold, in octets.
 *
 * @param limit a mailbox may hold more, when its quota was made smaller
 */
public record Quota(long used, long limit) {}
