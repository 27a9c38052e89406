package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.imap.SectionOctets.Absent;
import dev.postroom.imap.SectionOctets.Cut;
import dev.postroom.imap.SectionOctets.Decoded;
import dev.postroom.imap.SectionOctets.Held;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.ImapSyntaxException;
import dev.postroom.imap.syntax.ImapUrl;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.StoredMessage;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** What a URL in CATENATE names: octets of a message that the user may read (RFC 4469 §3). */
record NamedContent(MessageOctets octets, SectionOctets section) implements AutoCloseable {

  /** Empty when there is no such message or section, or it is not of this server. */
  static Optional<NamedContent> find(ImapSession session, User user, String text)
      throws IOException {
    try {
      var url = ImapUrl.parse(text);
      if (!isHere(session, user, url)) {
        return Optional.empty();
      }
      var folder = folder(session, user, url);
      var message = folder.flatMap(found -> message(found, url));
      return message.isEmpty()
          ? Optional.empty()
          : open(session, folder.get().mailbox(), message.get(), url);
    } catch (ImapSyntaxException _) {
      return Optional.empty();
    }
  }

  /** RFC 4469 §3: URLs of other servers need not be followed, and are not. */
  private static boolean isHere(ImapSession session, User user, ImapUrl url) {
    var server = url.server();
    if (server == null) {
      return true;
    }
    int at = server.lastIndexOf('@');
    var host = server.substring(at + 1).replaceFirst(":\\d+$", "");
    var who = at < 0 ? "" : server.substring(0, at).replaceFirst("(?i);AUTH=.*$", "");
    return host.equalsIgnoreCase(session.services().server.hostname())
        && (who.isEmpty() || who.equalsIgnoreCase(user.viewer().address().toString()));
  }

  private static Optional<FoundFolder> folder(ImapSession session, User user, ImapUrl url) {
    var name = url.folder();
    var found = name == null ? selected(session) : new FolderNamespace(session, user).find(name);
    return found
        .filter(one -> one.rights().has(FolderRight.READ)) // which may have changed meanwhile
        .filter(one -> url.uidValidity() == 0 || one.folder().uidValidity() == url.uidValidity());
  }

  private static Optional<FoundFolder> selected(ImapSession session) {
    return session.state() instanceof State.Selected(_, var selected)
        ? Optional.of(
            new FoundFolder(selected.mailbox(), selected.info(), selected.access().rights()))
        : Optional.empty();
  }

  private static Optional<StoredMessage> message(FoundFolder folder, ImapUrl url) {
    return folder.mailbox().messages(folder.id(), UidSet.of(url.uid())).stream().findFirst();
  }

  private static Optional<NamedContent> open(
      ImapSession session, MailboxStore mailbox, StoredMessage message, ImapUrl url)
      throws IOException {
    long id = message.contentId();
    var summary = mailbox.summaries(List.of(id)).get(id);
    var octets = new MessageOctets(session.services().blobs, mailbox.blobs(List.of(id)).get(id));
    try {
      var found = new SectionFinder(summary, null, octets).find(url.section());
      octets.size(); // opens the blob
      if (!(found instanceof Absent)) {
        return Optional.of(new NamedContent(octets, found.partial(url.partial())));
      }
    } catch (NoSuchFileException _) {
      // swept, after it was expunged
    }
    octets.close();
    return Optional.empty();
  }

  void copyTo(OutputStream to) throws IOException {
    switch (section) {
      case Absent _ -> {
        // not opened
      }
      case Held(var held, var offset, var length) -> to.write(held, offset, length);
      case Cut(var offset, var length) -> {
        try (var in = octets.read(offset, length)) {
          in.transferTo(to);
        }
      }
      case Decoded _ -> throw new IllegalStateException("no section of a URL is decoded");
    }
  }

  @Override
  public void close() throws IOException {
    octets.close();
  }
}
