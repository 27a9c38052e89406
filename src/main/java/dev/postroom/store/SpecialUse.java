package dev.postroom.store;

/** What a folder is for (RFC 6154 §2). */
public enum SpecialUse {
  DRAFTS("\\Drafts"),
  SENT("\\Sent"),
  JUNK("\\Junk"),
  TRASH("\\Trash"),
  ARCHIVE("\\Archive");

  private final String attribute;

  SpecialUse(String attribute) {
    this.attribute = attribute;
  }

  /** As LIST prints it. */
  public String attribute() {
    return attribute;
  }
}
