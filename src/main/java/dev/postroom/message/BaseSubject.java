package dev.postroom.message;

/**
 * What a subject is about, without the marks of replies and forwards (RFC 5256 §2.1).
 *
 * @param text never longer than {@link #MAX_LENGTH}
 * @param isReply whether a mark of a reply or forward was taken off (RFC 5256 §3 REFERENCES)
 */
public record BaseSubject(String text, boolean isReply) {
  /** A line of a header has no more (RFC 5322 §2.1.1); the rest of a longer one makes no order. */
  public static final int MAX_LENGTH = 1000;

  private static final String FORWARDED = "(fwd)";
  private static final String FORWARD_HEADER = "[fwd:";

  /**
   * @param subject readable: encoded words decoded
   */
  public static BaseSubject of(String subject) {
    var found = new Extraction(spaced(subject));
    found.run();
    var text = found.text.substring(found.start, found.end);
    return new BaseSubject(
        text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text, found.isReply);
  }

  /** Step 1: runs of white space become one space. */
  private static String spaced(String subject) {
    var text = new StringBuilder(subject.length());
    for (int i = 0; i < subject.length(); i++) {
      char c = subject.charAt(i);
      boolean space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
      if (!space) {
        text.append(c);
      } else if (text.isEmpty() || text.charAt(text.length() - 1) != ' ') {
        text.append(' ');
      }
    }
    return text.toString();
  }

  /** Steps 2 to 6, on the part of the text that is left. */
  private static final class Extraction {
    private final String text;
    private int start;
    private int end;
    private boolean isReply;

    private Extraction(String text) {
      this.text = text;
      this.end = text.length();
    }

    private void run() {
      do {
        while (dropTrailer()) {
          // step 2
        }
        boolean more = true;
        while (more) {
          more = dropLeader() || dropBlobs(); // steps 3 and 4, until neither does anything
        }
      } while (dropForward());
    }

    private boolean dropTrailer() {
      if (start < end && text.charAt(end - 1) == ' ') {
        end--;
        return true;
      }
      if (end - start >= FORWARDED.length() && isAt(end - FORWARDED.length(), FORWARDED)) {
        end -= FORWARDED.length();
        isReply = true;
        return true;
      }
      return false;
    }

    /** subj-leader: white space, or blobs and "re:". */
    private boolean dropLeader() {
      if (start < end && text.charAt(start) == ' ') {
        start++;
        return true;
      }
      int after = replyMark(afterBlobs(start));
      if (after < 0) {
        return false;
      }
      start = after;
      isReply = true;
      return true;
    }

    /** Where a subj-refwd at this place ends, or -1. */
    private int replyMark(int at) {
      int next;
      if (isAt(at, "re")) {
        next = at + 2;
      } else if (isAt(at, "fwd")) {
        next = at + 3;
      } else if (isAt(at, "fw")) {
        next = at + 2;
      } else {
        return -1;
      }
      next = afterSpaces(next);
      int blob = afterBlob(next);
      next = blob < 0 ? next : blob;
      return next < end && text.charAt(next) == ':' ? next + 1 : -1;
    }

    /**
     * All blobs at the beginning, of which no "re:" follows, but the last where nothing would be
     * left. Each by itself would lead to the same.
     */
    private boolean dropBlobs() {
      int before = start;
      for (int after = afterBlob(start); after >= 0 && after < end; after = afterBlob(start)) {
        start = after;
      }
      return start > before;
    }

    /** Step 6. */
    private boolean dropForward() {
      if (start == end || text.charAt(end - 1) != ']' || !isAt(start, FORWARD_HEADER)) {
        return false;
      }
      start += FORWARD_HEADER.length();
      end--;
      isReply = true;
      return true;
    }

    private int afterBlobs(int from) {
      int at = from;
      for (int after = afterBlob(at); after >= 0; after = afterBlob(at)) {
        at = after;
      }
      return at;
    }

    /** Where a subj-blob at this place ends, white space behind it included, or -1. */
    private int afterBlob(int from) {
      if (from >= end || text.charAt(from) != '[') {
        return -1;
      }
      for (int at = from + 1; at < end; at++) {
        char c = text.charAt(at);
        if (c == ']') {
          return afterSpaces(at + 1);
        }
        if (c == '[') {
          return -1;
        }
      }
      return -1;
    }

    private int afterSpaces(int from) {
      int at = from;
      while (at < end && text.charAt(at) == ' ') {
        at++;
      }
      return at;
    }

    private boolean isAt(int at, String what) {
      return at + what.length() <= end && text.regionMatches(true, at, what, 0, what.length());
    }
  }
}
