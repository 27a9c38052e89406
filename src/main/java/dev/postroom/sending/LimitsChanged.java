package dev.postroom.sending;

/** Limits of one were set: a CDI event, fired inside the transaction. */
record LimitsChanged(Scope scope) {}
