package dev.postroom.store;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** The grammar of folder names: Unicode, levels separated by {@code /}. */
public final class FolderNames {
  public static final String INBOX = "INBOX";
  static final char SEPARATOR = '/';

  /** In UTF-8; the column has room for as many characters. */
  static final int MAX_OCTETS = 512;

  private FolderNames() {}

  /** The form in which a name is stored and compared; anything can be looked up. */
  public static String canonical(String name) {
    // RFC 5198 §3: one form for what looks the same. RFC 3501 §5.1: INBOX in any case of letters.
    var normal =
        Normalizer.isNormalized(name, Normalizer.Form.NFC)
            ? name
            : Normalizer.normalize(name, Normalizer.Form.NFC);
    int end = normal.indexOf(SEPARATOR);
    var first = end < 0 ? normal : normal.substring(0, end);
    return first.equalsIgnoreCase(INBOX) ? INBOX + normal.substring(first.length()) : normal;
  }

  /** The canonical form of a name that a folder is to have. */
  static String forNew(String name, int maxLevels) {
    // RFC 3501 §6.3.3: a final separator only declares that there will be children
    boolean declaresChildren = name.length() > 1 && name.charAt(name.length() - 1) == SEPARATOR;
    var canonical = canonical(declaresChildren ? name.substring(0, name.length() - 1) : name);
    checkSize(canonical, maxLevels);
    for (var level : levels(canonical)) {
      if (level.isEmpty()) {
        throw cannot("a level of a folder's name is empty");
      }
      // mbsync, which keeps folders as directories, refuses a mailbox that has one such name
      if (level.equals(".") || level.equals("..")) {
        throw cannot("no level of a folder's name is '.' or '..'");
      }
    }
    if (canonical.codePoints().anyMatch(FolderNames::isUnfit)) {
      throw cannot("a folder's name has no control characters, '*' or '%'");
    }
    return canonical;
  }

  static void checkSize(String name, int maxLevels) {
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
      throw new StoreProblem(
          StoreProblem.Kind.LIMIT, "a folder's name has at most " + MAX_OCTETS + " octets");
    }
    if (levels(name).size() > maxLevels) {
      throw new StoreProblem(
          StoreProblem.Kind.LIMIT, "a folder's name has at most " + maxLevels + " levels");
    }
  }

  /** Wildcards of LIST could never be asked for, and RFC 5198 §2 has no control characters. */
  private static boolean isUnfit(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> c == '*' || c == '%';
    };
  }

  private static StoreProblem cannot(String why) {
    return new StoreProblem(StoreProblem.Kind.CANNOT, why);
  }

  private static List<String> levels(String name) {
    return List.of(name.split(String.valueOf(SEPARATOR), -1));
  }

  /** The names above it, the topmost first. */
  public static List<String> above(String name) {
    var above = new ArrayList<String>();
    for (int i = name.indexOf(SEPARATOR); i >= 0; i = name.indexOf(SEPARATOR, i + 1)) {
      above.add(name.substring(0, i));
    }
    return above;
  }

  public static boolean isBelow(String name, String ancestor) {
    return name.length() > ancestor.length()
        && name.startsWith(ancestor)
        && name.charAt(ancestor.length()) == SEPARATOR;
  }
}
