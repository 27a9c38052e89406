package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Which message stands under which UID, as all sessions together know it: a UID never changes. */
final class StressLedger {
  /** {@code folder/UID} to the id that stands in the message's Subject. */
  private final Map<String, String> messages = new ConcurrentHashMap<>();

  private final AtomicInteger next = new AtomicInteger();

  String newMessage() {
    return "message-" + next.incrementAndGet();
  }

  int made() {
    return next.get();
  }

  void stands(String folder, long uid, String message) {
    var before = messages.putIfAbsent(folder + "/" + uid, message);
    assertThat(before).as("%s, UID %d", folder, uid).isIn(null, message);
  }

  /** What COPYUID tells (RFC 4315 §3): the same message, or one that nobody has read yet. */
  void copied(String from, long fromUid, String to, long toUid) {
    var message = messages.get(from + "/" + fromUid);
    if (message != null) {
      stands(to, toUid, message);
    }
  }

  @Nullable String message(String folder, long uid) {
    return messages.get(folder + "/" + uid);
  }
}
