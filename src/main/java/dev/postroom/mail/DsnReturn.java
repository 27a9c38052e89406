package dev.postroom.mail;

/** How much of a message a report about its failure brings back (RFC 3461 §4.3). */
public enum DsnReturn {
  FULL,
  HDRS
}
