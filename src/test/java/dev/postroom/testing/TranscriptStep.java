package dev.postroom.testing;

/** One line of a transcript. */
sealed interface TranscriptStep {
  /** Where it stands, for messages: {@code quit.txt:12}. */
  String place();

  /** Which connection; empty where there is only one. */
  String session();

  /** Text with its variables not yet filled in. */
  record SendLine(String place, String session, String text) implements TranscriptStep {}

  record SendOctets(String place, String session, String escaped) implements TranscriptStep {}

  record ExpectLine(String place, String session, String pattern) implements TranscriptStep {}

  record ExpectOctets(String place, String session, String escaped) implements TranscriptStep {}

  record SkipLines(String place, String session) implements TranscriptStep {}

  record Secure(String place, String session) implements TranscriptStep {}

  record Deflate(String place, String session) implements TranscriptStep {}

  record ExpectClosed(String place, String session) implements TranscriptStep {}

  record HangUp(String place, String session) implements TranscriptStep {}
}
