package dev.postroom.directory;

import org.jspecify.annotations.Nullable;

/**
 * A plan as its owner sees it.
 *
 * @param ownerId the reseller who made it; null for one that everybody may use
 * @param accounts how many accounts are on it
 */
public record PlanInfo(
    long id, @Nullable Long ownerId, String name, PlanLimits limits, long accounts) {}
