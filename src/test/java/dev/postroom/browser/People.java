package dev.postroom.browser;

import dev.postroom.auth.Passwords;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import jakarta.enterprise.context.ApplicationScoped;

/** Accounts that may sign in to the panel with {@link Fixtures#PASSWORD}. */
@ApplicationScoped
public class People {
  private final Fixtures fixtures;
  private final Passwords passwords;

  People(Fixtures fixtures, Passwords passwords) {
    this.fixtures = fixtures;
    this.passwords = passwords;
  }

  public Viewer.Person customer() {
    return withPassword(fixtures.customer());
  }

  public Viewer.Person customer(PlanLimits limits) {
    return withPassword(fixtures.customer(limits));
  }

  public Viewer.Person reseller() {
    return withPassword(fixtures.reseller());
  }

  public Viewer.Person administrator() {
    return withPassword(fixtures.administrator());
  }

  private Viewer.Person withPassword(Viewer.Person person) {
    passwords.setForAccount(Viewer.SERVER, person.accountId(), Fixtures.PASSWORD);
    return person;
  }
}
