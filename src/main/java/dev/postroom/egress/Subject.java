package dev.postroom.egress;

/** Whose mail a rule is for: all of an account (a reseller's customers too), or one domain's. */
public sealed interface Subject {
  /** Everything that an account and those below it send. */
  record Account(long id) implements Subject {}

  /** What is sent with an address of a domain. */
  record Domain(long id) implements Subject {}
}
