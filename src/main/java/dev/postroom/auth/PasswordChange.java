package dev.postroom.auth;

/** An account has a new password: a CDI event, fired inside the transaction that sets it. */
public record PasswordChange(long accountId) {}
