package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.directory.FolderRights;
import dev.postroom.imap.State.User;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.MailStore;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.NewMessage;
import dev.postroom.store.SharedFolder;
import dev.postroom.store.Sharing;
import dev.postroom.store.StoreProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Which folder a name means (RFC 2342): one of the user's own, or one of another's that is shared,
 * as {@code Shared/info@example.org/INBOX}. See decision 046.
 */
record FolderNamespace(ImapSession session, User user) {
  /** Above the folders of others; no folder of one's own has such a name. */
  static final String OTHERS = "Shared";

  private static final String DELIMITER = "/";
  static final String OTHERS_PREFIX = OTHERS + DELIMITER;

  /**
   * Where a name leads, whether or not there is such a folder.
   *
   * @param name as the owner of the mailbox knows it
   * @param rights in a folder, or in the mailbox as a whole
   */
  record Place(MailboxStore mailbox, String name, FolderRights rights) {
    /** RFC 4314 §4: without the flags that may not be set there. */
    NewMessage permitted(NewMessage message) {
      if (rights.equals(FolderRights.ALL)) {
        return message;
      }
      var flags = new HashSet<>(message.flags());
      flags.removeIf(flag -> !Access.mayChange(rights, flag));
      return new NewMessage(message.blob(), message.scanned(), flags, message.internalDate());
    }

    List<NewMessage> permitted(List<NewMessage> messages) {
      return messages.stream().map(this::permitted).toList();
    }
  }

  private record Name(MailAddress owner, String folder) {}

  static StoreProblem none() {
    return new StoreProblem(StoreProblem.Kind.NONEXISTENT, "there is no such folder");
  }

  static boolean isOthers(String name) {
    return name.equals(OTHERS) || name.startsWith(OTHERS_PREFIX);
  }

  private static Optional<Name> nameAtOthers(String name) {
    int slash = name.indexOf(DELIMITER, OTHERS_PREFIX.length());
    if (slash < 0 || slash == name.length() - 1) {
      return Optional.empty();
    }
    try {
      var owner = MailAddress.parse(name.substring(OTHERS_PREFIX.length(), slash));
      return Optional.of(new Name(owner, name.substring(slash + 1)));
    } catch (InvalidAddressException _) {
      return Optional.empty();
    }
  }

  static String shown(MailAddress owner, String folder) {
    return OTHERS_PREFIX + owner + DELIMITER + folder;
  }

  static String inbox(String owner) {
    return OTHERS_PREFIX + owner + DELIMITER + "INBOX";
  }

  private MailStore store() {
    return session.services().store;
  }

  private Sharing sharing() {
    return store().sharing();
  }

  private long guest() {
    return user.viewer().mailboxId();
  }

  Optional<FoundFolder> find(String name) {
    return isOthers(name)
        ? nameAtOthers(name)
            .flatMap(at -> sharing().folder(guest(), at.owner, at.folder))
            .map(this::found)
        : user.mailbox().folder(name).map(folder -> FoundFolder.own(user, folder));
  }

  /**
   * @throws StoreProblem when there is none, as far as the user may know
   */
  FoundFolder existing(String name) {
    return find(name).orElseThrow(FolderNamespace::none);
  }

  FoundFolder existing(String name, FolderRight needed) {
    return existing(name).require(needed);
  }

  FoundFolder found(SharedFolder shared) {
    var owners = shared.folder();
    var folder =
        new FolderInfo(
            owners.id(),
            shown(shared.owner(), owners.name()),
            owners.specialUse(),
            owners.subscribed(),
            owners.hasChildren(),
            owners.uidValidity(),
            owners.uidNext(),
            owners.highestModSeq());
    return new FoundFolder(store().open(shared.mailboxId()), folder, shared.rights());
  }

  /** Where messages are to go by the folder's name. One's own folder is not looked for yet. */
  Place destination(String name) {
    if (!isOthers(name)) {
      return new Place(user.mailbox(), name, FolderRights.ALL);
    }
    var at = nameAtOthers(name).orElseThrow(FolderNamespace::none);
    var found = existing(name, FolderRight.INSERT);
    return new Place(found.mailbox(), at.folder, found.rights());
  }

  /** RFC 4314 §4: where a folder can be made, by the rights in the nearest one above it. */
  Place placeForNew(String name) {
    if (!isOthers(name)) {
      return new Place(user.mailbox(), name, FolderRights.ALL);
    }
    var at = nameAtOthers(name).orElseThrow(FolderNamespace::reserved);
    if (isOthers(at.folder)) {
      throw reserved(); // its owner could not reach it
    }
    var mailbox = sharing().mailbox(guest(), at.owner).orElseThrow(FolderNamespace::none);
    var place = new Place(store().open(mailbox.mailboxId()), at.folder, rightsAbove(at, mailbox));
    if (!place.rights.has(FolderRight.CREATE)) {
      throw new StoreProblem(StoreProblem.Kind.NOPERM, "you have no right to make folders here");
    }
    return place;
  }

  private static StoreProblem reserved() {
    return new StoreProblem(
        StoreProblem.Kind.CANNOT, "below '" + OTHERS + "' there are only folders of others");
  }

  private FolderRights rightsAbove(Name at, Sharing.SharedMailbox mailbox) {
    var folder = at.folder;
    for (int end = folder.lastIndexOf(DELIMITER);
        end > 0;
        end = folder.lastIndexOf(DELIMITER, end - 1)) {
      var above = store().open(mailbox.mailboxId()).folder(folder.substring(0, end));
      if (above.isPresent()) {
        return sharing().rights(guest(), above.get().id());
      }
    }
    return mailbox.rights();
  }

  /** The folders of others that the user may see. */
  List<FoundFolder> ofOthers() {
    return sharing().folders(guest()).stream()
        .filter(shared -> shared.rights().has(FolderRight.LOOKUP))
        .map(this::found)
        .toList();
  }

  /** Whose mailbox a name belongs to, for a folder that need not exist. */
  Optional<Sharing.SharedMailbox> otherMailbox(String name) {
    return isOthers(name)
        ? nameAtOthers(name).flatMap(at -> sharing().mailbox(guest(), at.owner))
        : Optional.empty();
  }
}
