package dev.postroom.directory;

/**
 * What an account has, beside what it may have.
 *
 * @param quotaOctets the sum of its mailboxes' quotas
 */
public record AccountUse(
    PlanLimits limits, long domains, long mailboxes, long forwarders, long quotaOctets) {}
