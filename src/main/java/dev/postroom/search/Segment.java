package dev.postroom.search;

/**
 * The index of some messages of a folder that follow each other, as it is kept. Written once, never
 * changed: later it may become part of a larger one.
 *
 * <p>A message is two documents: its header and its body. The terms can be searched without the
 * postings, which say in which documents each of them is.
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Segment(Extent extent, byte[] terms, byte[] postings) {
  /** Changed with the form of terms or postings, and whenever texts are cut in another way. */
  static final int FORMAT = 2;

  /**
   * Which messages a segment knows.
   *
   * @param lastUid none between the first and the last is unknown to it
   * @param messages how many there were
   */
  record Extent(long firstUid, long lastUid, int messages) {
    boolean covers(long uid) {
      return firstUid <= uid && uid <= lastUid;
    }
  }

  static int headerDocument(int message) {
    return 2 * message;
  }

  static int bodyDocument(int message) {
    return 2 * message + 1;
  }
}
