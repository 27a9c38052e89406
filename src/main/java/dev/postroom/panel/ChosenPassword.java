package dev.postroom.panel;

import dev.postroom.auth.Passwords;
import dev.postroom.web.Form;
import dev.postroom.web.Notice;

/**
 * The password that somebody typed, or one made for them.
 *
 * @param made it has to be shown, once
 */
record ChosenPassword(String text, boolean made) {
  static ChosenPassword of(Form form, Passwords passwords) {
    var typed = form.value("password");
    return typed.isEmpty()
        ? new ChosenPassword(passwords.generate(), true)
        : new ChosenPassword(typed, false);
  }

  Notice notice(String done) {
    return made ? Notice.secret(done + " This is the password:", text) : Notice.good(done);
  }

  /** Never in a log. */
  @Override
  public String toString() {
    return "ChosenPassword";
  }
}
