package dev.postroom.egress;

/** A rule was changed; fired inside the transaction. */
public record EgressChanged(Subject subject) {}
