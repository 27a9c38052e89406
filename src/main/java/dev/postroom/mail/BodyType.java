package dev.postroom.mail;

/** What octets and lines a message's content may have: the BODY parameter of MAIL. */
public enum BodyType {
  SEVEN_BIT("7BIT"),
  /** RFC 6152: octets above 127, in lines. */
  EIGHT_BIT_MIME("8BITMIME"),
  /** RFC 3030 §3: any octets, in no lines. */
  BINARY_MIME("BINARYMIME");

  private final String keyword;

  BodyType(String keyword) {
    this.keyword = keyword;
  }

  /** As SMTP says it. */
  public String keyword() {
    return keyword;
  }
}
