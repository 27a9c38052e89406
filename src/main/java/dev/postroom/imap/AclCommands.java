package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.directory.FolderRights;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.PropertyCommand.SetAcl;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import dev.postroom.store.Sharing;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * RFC 4314: rights in folders. Identifiers are addresses of mailboxes of the same customer; {@code
 * anyone} and negative rights are not kept, see decision 046.
 */
record AclCommands(ImapSession session, User user) {

  private FolderNamespace names() {
    return new FolderNamespace(session, user);
  }

  private Sharing sharing() {
    return session.services().store.sharing();
  }

  Completion set(SetAcl command) {
    var text = command.rights();
    UnaryOperator<FolderRights> change;
    try {
      change =
          switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case '+' -> {
              var more = FolderRights.parse(text.substring(1));
              yield before -> before.with(more);
            }
            case '-' -> {
              var fewer = FolderRights.parse(text.substring(1));
              yield before -> before.without(fewer);
            }
            default -> {
              var all = FolderRights.parse(text);
              yield _ -> all;
            }
          };
    } catch (IllegalArgumentException noRight) {
      return Completion.bad(String.valueOf(noRight.getMessage())); // RFC 4314 §3.1
    }
    return change(command.folder(), command.identifier(), change, "SETACL");
  }

  Completion delete(String folder, String identifier) {
    return change(folder, identifier, _ -> FolderRights.NONE, "DELETEACL");
  }

  private Completion change(
      String name, String identifier, UnaryOperator<FolderRights> change, String command) {
    var folder = names().existing(name, FolderRight.ADMINISTER);
    var guest = address(identifier);
    if (guest.isEmpty()) {
      return Completion.no("CANNOT", "rights are given to addresses of the same customer, only");
    }
    if (guest.get().sameMailboxAs(owner(folder))) {
      return Completion.no("CANNOT", "the owner has all rights, for good");
    }
    long actor = user.viewer().mailboxId();
    return sharing().change(actor, folder.mailbox().mailboxId(), folder.id(), guest.get(), change)
        ? Completion.ok(command + " done")
        : Completion.no("CANNOT", "rights are given to addresses of the same customer, only");
  }

  private static Optional<MailAddress> address(String identifier) {
    try {
      return Optional.of(MailAddress.parse(identifier));
    } catch (InvalidAddressException _) {
      return Optional.empty();
    }
  }

  private MailAddress owner(FoundFolder folder) {
    long owner = folder.mailbox().mailboxId();
    return owner == user.viewer().mailboxId()
        ? user.viewer().address()
        : names().otherMailbox(folder.folder().name()).orElseThrow(FolderNamespace::none).owner();
  }

  Completion get(String name) throws IOException {
    var folder = names().existing(name, FolderRight.ADMINISTER);
    var guests = sharing().guests(folder.mailbox().mailboxId(), folder.id());
    session.out().raw("* ACL ").folder(name);
    tell(Map.of(owner(folder).toString(), FolderRights.ALL));
    tell(guests);
    session.out().crlf();
    return Completion.ok("GETACL done");
  }

  private void tell(Map<String, FolderRights> entries) throws IOException {
    for (var entry : entries.entrySet()) {
      session.out().raw(' ').string(entry.getKey());
      session.out().raw(' ').raw(entry.getValue().lettersForClients());
    }
  }

  /** RFC 4314 §3.4: no right is tied to another. Whether there is such a mailbox is not told. */
  Completion list(String name, String identifier) throws IOException {
    var folder = names().existing(name, FolderRight.ADMINISTER);
    var guest = address(identifier);
    if (guest.isEmpty()) {
      return Completion.no("CANNOT", "rights are given to addresses of the same customer, only");
    }
    var all = FolderRights.ALL.lettersForClients();
    session.out().raw("* LISTRIGHTS ").folder(name);
    session.out().raw(' ').string(guest.get().toString()).raw(' '); // RFC 4314 §3.8
    if (guest.get().sameMailboxAs(owner(folder))) {
      session.out().raw(all).crlf();
    } else {
      session.out().raw("\"\" ").raw(String.join(" ", all.split(""))).crlf();
    }
    return Completion.ok("LISTRIGHTS done");
  }

  Completion mine(String name) throws IOException {
    var folder = names().existing(name);
    if (!folder
        .rights()
        .hasAny(
            FolderRight.LOOKUP,
            FolderRight.READ,
            FolderRight.INSERT,
            FolderRight.CREATE,
            FolderRight.DELETE_FOLDER,
            FolderRight.ADMINISTER)) {
      throw FolderNamespace.none(); // RFC 4314 §4
    }
    tellMine(name, folder.rights());
    return Completion.ok("MYRIGHTS done");
  }

  void tellMine(String name, FolderRights rights) throws IOException {
    session.out().raw("* MYRIGHTS ").folder(name);
    session.out().raw(' ').raw(rights.lettersForClients()).crlf();
  }
}
