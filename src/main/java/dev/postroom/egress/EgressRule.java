package dev.postroom.egress;

import org.jspecify.annotations.Nullable;

/**
 * By which way the mail of a subject leaves, as its viewer may see it.
 *
 * @param relay null for none of its own; without its host and login for who may not change it
 * @param source4 empty for none of its own, as is {@code source6}
 * @param mayChangeRelay whether the viewer may
 * @param mayChangeSource whether the viewer may
 */
public record EgressRule(
    @Nullable RelayRule relay,
    String source4,
    String source6,
    boolean mayChangeRelay,
    boolean mayChangeSource) {}
