package dev.postroom.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as those above it see it.
 *
 * @param parentId the reseller it belongs to, null when it belongs to the house
 * @param planId null for no limits
 * @param suspension its own; {@code effective} has that of its reseller added
 */
public record AccountInfo(
    long id,
    @Nullable Long parentId,
    Role role,
    String login,
    String name,
    @Nullable Long planId,
    @Nullable String planName,
    Suspension suspension,
    Suspension effective,
    long domains,
    Instant createdAt) {}
