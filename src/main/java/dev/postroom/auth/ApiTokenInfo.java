package dev.postroom.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An API token without its secret. */
public record ApiTokenInfo(
    long id, long accountId, String label, Instant createdAt, @Nullable Instant lastUsedAt) {}
