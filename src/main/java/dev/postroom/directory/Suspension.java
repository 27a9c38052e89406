package dev.postroom.directory;

/**
 * What is switched off, and why.
 *
 * @param reason for people; empty when nothing is suspended
 */
public record Suspension(boolean login, boolean sending, boolean receiving, String reason) {
  public static final Suspension NONE = new Suspension(false, false, false, "");

  public static Suspension all(String reason) {
    return new Suspension(true, true, true, reason);
  }

  public boolean isActive() {
    return login || sending || receiving;
  }

  /** What holds when both apply: a mailbox, its domain, its account. */
  public Suspension and(Suspension outer) {
    return new Suspension(
        login || outer.login,
        sending || outer.sending,
        receiving || outer.receiving,
        reason.isEmpty() ? outer.reason : reason);
  }
}
