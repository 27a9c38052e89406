package dev.postroom.sending;

/** Whose sending is counted together. A reseller's account has that of its customers in it. */
public record Scope(Kind kind, long id) {
  /** What the id names. */
  public enum Kind {
    MAILBOX,
    DOMAIN,
    ACCOUNT
  }

  public static Scope mailbox(long id) {
    return new Scope(Kind.MAILBOX, id);
  }

  public static Scope domain(long id) {
    return new Scope(Kind.DOMAIN, id);
  }

  public static Scope account(long id) {
    return new Scope(Kind.ACCOUNT, id);
  }
}
