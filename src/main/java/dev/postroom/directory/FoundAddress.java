package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One row of what {@link Recipients} asks: the domain, and what has the local part there; one row
 * for each target of a forwarder.
 *
 * @param domain that has the address; when an alias was named, not that one
 */
record FoundAddress(
    boolean takesMail,
    boolean suspended,
    DomainName domain,
    @Nullable String catchAll,
    DestinationState catchAllState,
    @Nullable Long mailboxId,
    boolean detailFolders,
    @Nullable Long groupId,
    GroupSenders senders,
    @Nullable Long forwarderId,
    boolean keepCopy,
    String target,
    DestinationState targetState) {
  static FoundAddress read(ResultSet row, Instant now) throws SQLException {
    var senders = row.getString(12);
    var target = row.getString(15);
    return new FoundAddress(
        isProven(row.getString(1)) && isProven(row.getString(2)),
        row.getBoolean(3) || row.getBoolean(9),
        new DomainName(row.getString(4)),
        row.getString(5),
        DestinationState.of(row.getString(6), instant(row, 7), now),
        row.getObject(8, Long.class),
        row.getBoolean(10),
        row.getObject(11, Long.class),
        senders == null ? GroupSenders.MEMBERS : GroupSenders.valueOf(senders),
        row.getObject(13, Long.class),
        row.getBoolean(14),
        target == null ? "" : target,
        DestinationState.of(row.getString(16), instant(row, 17), now));
  }

  private static boolean isProven(String control) {
    return !control.equals(DomainInfo.Control.UNPROVEN.name());
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    var time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }
}
