package dev.postroom.store;

import dev.postroom.directory.FolderRight;
import dev.postroom.directory.FolderRights;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How flags stand in {@code message.flags}: system flags from bit 0, keywords from bit 8 on. */
final class FlagBits {
  static final long SEEN = 1;
  static final long ANSWERED = 1 << 1;
  static final long FLAGGED = 1 << 2;
  static final long DELETED = 1 << 3;
  static final long DRAFT = 1 << 4;

  /** All that are the same in every folder. */
  static final long SYSTEM = 0xff;

  static final int FIRST_KEYWORD = 8;
  static final int KEYWORDS = 50;

  /** RFC 3501 §2.3.2, in the order in which they are listed. */
  static final Map<String, Long> SYSTEM_FLAGS = systemFlags();

  private FlagBits() {}

  private static Map<String, Long> systemFlags() {
    var flags = new LinkedHashMap<String, Long>();
    flags.put("\\Seen", SEEN);
    flags.put("\\Answered", ANSWERED);
    flags.put("\\Flagged", FLAGGED);
    flags.put("\\Deleted", DELETED);
    flags.put("\\Draft", DRAFT);
    return flags;
  }

  static boolean isKeyword(String flag) {
    return !flag.startsWith("\\");
  }

  /** The bit of a system flag in any case of letters. */
  static long system(String flag) {
    for (var known : SYSTEM_FLAGS.entrySet()) {
      if (known.getKey().equalsIgnoreCase(flag)) {
        return known.getValue();
      }
    }
    throw new StoreProblem(StoreProblem.Kind.CANNOT, "there is no system flag " + flag);
  }

  /** Those that somebody with these rights may change (RFC 4314 §4). */
  static long changeable(FolderRights rights) {
    return (rights.has(FolderRight.SEEN) ? SEEN : 0)
        | (rights.has(FolderRight.DELETE_MESSAGES) ? DELETED : 0)
        | (rights.has(FolderRight.WRITE) ? ~(SEEN | DELETED) : 0);
  }

  static long bit(int number) {
    return 1L << number;
  }

  /** Keywords ignore case (RFC 9051 §2.3.2). */
  static String key(String keyword) {
    return keyword.toLowerCase(Locale.ROOT);
  }
}
