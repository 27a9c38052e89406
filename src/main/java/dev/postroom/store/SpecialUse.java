package dev.postroom.store;

import java.util.Arrays;
import java.util.Optional;

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

  public static Optional<SpecialUse> named(String attribute) {
    return Arrays.stream(values())
        .filter(use -> use.attribute.equalsIgnoreCase(attribute))
        .findFirst();
  }
}
