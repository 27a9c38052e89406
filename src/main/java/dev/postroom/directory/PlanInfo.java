package dev.postroom.directory;

/**
 * A plan as its owner sees it.
 *
 * @param accounts how many accounts are on it
 */
public record PlanInfo(long id, String name, PlanLimits limits, long accounts) {}
