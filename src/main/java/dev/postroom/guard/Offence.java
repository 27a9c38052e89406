package dev.postroom.guard;

/** What a client may do wrong. */
public enum Offence {
  FAILED_LOGIN("failed logins"),
  WRONG_RECIPIENT("unknown recipients"),
  PROTOCOL_ERROR("protocol errors"),
  EARLY_TALK("talking before the greeting");

  private final String words;

  Offence(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
