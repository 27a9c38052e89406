package dev.postroom.sending;

import dev.postroom.directory.SendingLimits;

/**
 * What one account, domain or mailbox may send, and has sent.
 *
 * @param limits that hold for it: what was set for it, else the plan's
 * @param mayChange whether the viewer may set other limits
 * @param sent zeros where there are no limits: then nothing is counted
 */
public record Allowance(
    Scope scope,
    SendingLimits limits,
    SendingLimits plan,
    SetLimits set,
    boolean mayChange,
    Sent sent) {}
