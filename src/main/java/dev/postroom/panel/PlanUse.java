package dev.postroom.panel;

import dev.postroom.directory.AccountUse;

/**
 * An account's use of its plan, for bars.
 *
 * @param storage the quotas that were given out
 */
record PlanUse(Use domains, Use mailboxes, Use forwarders, Use storage) {
  static PlanUse of(AccountUse use) {
    var limits = use.limits();
    return new PlanUse(
        Use.ofCount(use.domains(), limits.domains()),
        Use.ofCount(use.mailboxes(), limits.mailboxes()),
        Use.ofCount(use.forwarders(), limits.forwarders()),
        Use.ofOctets(use.quotaOctets(), limits.storageOctets()));
  }
}
