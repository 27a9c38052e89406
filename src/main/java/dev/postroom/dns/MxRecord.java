package dev.postroom.dns;

/**
 * A mail exchanger (RFC 5321 §5.1).
 *
 * @param exchange the host name in ASCII without its final dot; empty for a null MX (RFC 7505)
 */
public record MxRecord(int preference, String exchange) {}
