package dev.postroom.search;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The messages that a segment knows.
 *
 * @param uids ascending; a message's place here is its number in the segment
 * @param unread numbers of those of which it can say nothing
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record SegmentMessages(long[] uids, BitSet unread) {

  int count() {
    return uids.length;
  }

  /** The number of a message that the segment can say something of, or a negative one. */
  int number(long uid) {
    int number = Arrays.binarySearch(uids, uid);
    return number >= 0 && unread.get(number) ? -1 : number;
  }

  byte[] octets() {
    var bits = unread.toByteArray();
    var out =
        ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES * uids.length + bits.length)
            .putInt(uids.length);
    for (long uid : uids) {
      out.putLong(uid);
    }
    return out.putInt(bits.length).put(bits).array();
  }

  static SegmentMessages read(ByteBuffer in) {
    var uids = new long[in.getInt()];
    in.asLongBuffer().get(uids);
    in.position(in.position() + Long.BYTES * uids.length);
    var bits = new byte[in.getInt()];
    in.get(bits);
    return new SegmentMessages(uids, BitSet.valueOf(bits));
  }
}
