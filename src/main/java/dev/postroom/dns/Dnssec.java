package dev.postroom.dns;

/** Who says that an answer is authentic (RFC 4033 §5). */
public enum Dnssec {
  /** Nobody. */
  OFF,
  /** The servers that are asked. */
  SERVERS,
  /** This process. */
  VALIDATE
}
