package dev.postroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a suspension.
 *
 * @param by who set it, null when nothing is suspended: nobody below may lift it
 */
@Embeddable
record SuspensionState(
    @Column(name = "login_suspended") boolean login,
    @Column(name = "sending_suspended") boolean sending,
    @Column(name = "receiving_suspended") boolean receiving,
    @Column(name = "suspension_reason") String reason,
    @Enumerated(EnumType.STRING) @Column(name = "suspended_by") @Nullable Role by) {
  static final SuspensionState NONE = new SuspensionState(false, false, false, "", null);

  Suspension suspension() {
    return new Suspension(login, sending, receiving, reason);
  }

  /** What it becomes when the viewer asks for another one. */
  SuspensionState changedBy(Viewer viewer, Suspension wanted) {
    requireLiftableBy(viewer);
    if (!wanted.isActive()) {
      return NONE;
    }
    var reason = Inputs.line("reason", wanted.reason(), Inputs.MAX_REASON);
    return new SuspensionState(
        wanted.login(), wanted.sending(), wanted.receiving(), reason, Rights.roleOf(viewer));
  }

  /** Removing and creating again would lift it, too. */
  void requireLiftableBy(Viewer viewer) {
    if (by != null && Rights.rank(by) > Rights.rank(viewer)) {
      throw Problems.forbidden("It was suspended by your provider, who alone can change that.");
    }
  }
}
