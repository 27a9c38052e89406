package dev.postroom.trace;

/** A story that is true when the transaction commits in which this is fired, and recorded then. */
public record Told(Story story) {}
