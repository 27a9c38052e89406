package dev.postroom.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An INBOX, or where APPEND goes, whose row is locked, with its mailbox's use, and what is added to
 * it until the transaction ends. For one thread.
 */
final class OpenInbox {
  static final String COLUMNS =
      """
      f.mailbox_id, f.id, f.uid_next, f.highest_modseq,
        (select quota_octets from mailbox m where m.id = f.mailbox_id) - u.octets,
        f.uid_validity
      """;

  private final long mailboxId;
  private final long folderId;
  private final long uidValidity;
  private long uidNext;
  private long highestModSeq;
  private long room;
  private Tally added = Tally.NOTHING;

  private OpenInbox(ResultSet row) throws SQLException {
    mailboxId = row.getLong(1);
    folderId = row.getLong(2);
    uidNext = row.getLong(3);
    highestModSeq = row.getLong(4);
    room = row.getLong(5);
    uidValidity = row.getLong(6);
  }

  static OpenInbox read(ResultSet row) throws SQLException {
    return new OpenInbox(row);
  }

  long mailboxId() {
    return mailboxId;
  }

  long folderId() {
    return folderId;
  }

  long uidValidity() {
    return uidValidity;
  }

  /** Takes the room for a message, if there is that much. */
  boolean reserve(long octets) {
    if (octets > room) {
      return false;
    }
    room -= octets;
    return true;
  }

  /** The next message's row, with the next UID and MODSEQ. */
  IndexRow add(NewMessage message, long flags, long contentId) {
    long octets = message.scanned().summary().size();
    added = added.plus(Tally.of(flags, octets));
    return new IndexRow(
        uidNext++,
        ++highestModSeq,
        flags,
        message.internalDate().toEpochMilli(),
        octets,
        contentId);
  }

  Tally added() {
    return added;
  }
}
