package dev.postroom.imap.syntax;

/** How THREAD puts messages together (RFC 5256 §3). */
public enum ThreadAlgorithm {
  ORDEREDSUBJECT,
  REFERENCES
}
