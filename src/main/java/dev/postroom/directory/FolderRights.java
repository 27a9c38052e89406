package dev.postroom.directory;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What somebody may do in a folder (RFC 4314 §2). */
public record FolderRights(Set<FolderRight> rights) {
  public static final FolderRights NONE = new FolderRights(Set.of());
  public static final FolderRights ALL = new FolderRights(EnumSet.allOf(FolderRight.class));

  public FolderRights {
    var copy = EnumSet.noneOf(FolderRight.class);
    copy.addAll(rights);
    rights = Collections.unmodifiableSet(copy);
  }

  /**
   * From letters; {@code c} and {@code d} stand for the rights that they were split into.
   *
   * @throws IllegalArgumentException for a letter that is no right
   */
  public static FolderRights parse(String letters) {
    var rights = EnumSet.noneOf(FolderRight.class);
    for (char letter : letters.toCharArray()) {
      rights.addAll(meant(letter));
    }
    return new FolderRights(rights);
  }

  private static Set<FolderRight> meant(char letter) {
    // RFC 4314 §2.1.1: rights of RFC 2086
    if (letter == 'c') {
      return EnumSet.of(FolderRight.CREATE, FolderRight.DELETE_FOLDER);
    }
    if (letter == 'd') {
      return EnumSet.of(FolderRight.EXPUNGE, FolderRight.DELETE_MESSAGES);
    }
    for (var right : FolderRight.values()) {
      if (right.letter() == letter) {
        return EnumSet.of(right);
      }
    }
    throw new IllegalArgumentException("there is no right '" + letter + "'");
  }

  public boolean has(FolderRight right) {
    return rights.contains(right);
  }

  public boolean hasAny(FolderRight... some) {
    for (var right : some) {
      if (has(right)) {
        return true;
      }
    }
    return false;
  }

  public FolderRights with(FolderRights more) {
    return joined(rights, more.rights);
  }

  private static FolderRights joined(Collection<FolderRight> some, Collection<FolderRight> more) {
    var all = EnumSet.noneOf(FolderRight.class);
    all.addAll(some);
    all.addAll(more);
    return new FolderRights(all);
  }

  public FolderRights without(FolderRights fewer) {
    var left = EnumSet.noneOf(FolderRight.class);
    left.addAll(rights);
    left.removeAll(fewer.rights);
    return new FolderRights(left);
  }

  public boolean isEmpty() {
    return rights.isEmpty();
  }

  /** The form in which they are stored. */
  public String letters() {
    var letters = new StringBuilder();
    rights.forEach(right -> letters.append(right.letter()));
    return letters.toString();
  }

  /** For clients: with {@code c} and {@code d}, which older ones look for (RFC 4314 §2.1.1). */
  public String lettersForClients() {
    var letters = new StringBuilder(letters());
    if (hasAny(FolderRight.CREATE, FolderRight.DELETE_FOLDER)) {
      letters.append('c');
    }
    if (hasAny(FolderRight.EXPUNGE, FolderRight.DELETE_MESSAGES)) {
      letters.append('d');
    }
    return letters.toString();
  }
}
