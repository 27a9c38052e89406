package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.store.Sharing;
import java.io.IOException;

/** RFC 9208: a mailbox is one quota root, by its address; its folders share what it may hold. */
record QuotaCommands(ImapSession session, User user) {
  static final int OCTETS_IN_A_UNIT = 1024; // RFC 9208 §5.1

  Completion get(String root) throws IOException {
    if (root.equalsIgnoreCase(ownRoot())) {
      tell(ownRoot(), user.viewer().mailboxId());
      return Completion.ok("GETQUOTA done");
    }
    var shared = new FolderNamespace(session, user).otherMailbox(FolderNamespace.inbox(root));
    if (shared.isEmpty()) {
      return Completion.no("NONEXISTENT", "there is no such quota root");
    }
    tell(shared.get().owner().toString(), shared.get().mailboxId());
    return Completion.ok("GETQUOTA done");
  }

  /** RFC 9208 §4.1.2: the folder may be one that is yet to be made. */
  Completion getRoot(String folder) throws IOException {
    var shared = new FolderNamespace(session, user).otherMailbox(folder);
    var root = shared.map(other -> other.owner().toString()).orElse(ownRoot());
    session.out().raw("* QUOTAROOT ").folder(folder).raw(' ').string(root).crlf();
    tell(root, shared.map(Sharing.SharedMailbox::mailboxId).orElse(user.viewer().mailboxId()));
    return Completion.ok("GETQUOTAROOT done");
  }

  /** QUOTASET is not offered: how much a mailbox may hold is decided where it is paid for. */
  Completion set() {
    return Completion.no("NOPERM", "quotas are not set here");
  }

  private String ownRoot() {
    return user.viewer().address().toString();
  }

  private void tell(String root, long mailboxId) throws IOException {
    var quota = session.services().store.quota(mailboxId);
    session
        .out()
        .raw("* QUOTA ")
        .string(root)
        .raw(" (STORAGE ")
        .number(Math.ceilDiv(quota.used(), OCTETS_IN_A_UNIT))
        .raw(' ')
        .number(quota.limit() / OCTETS_IN_A_UNIT)
        .raw(')')
        .crlf();
  }
}
