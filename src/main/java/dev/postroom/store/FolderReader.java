package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads the folders of a mailbox; the first look at a mailbox makes those it starts with. */
@ApplicationScoped
class FolderReader {
  private static final String SELECT =
      """
      select f.id, f.name, f.special_use, s.name is not null, f.uid_validity, f.uid_next,
        f.highest_modseq,
        exists (select 1 from folder c where c.mailbox_id = f.mailbox_id
          and c.name > concat(f.name, '/') and c.name < concat(f.name, '0'))
      from folder f left join subscription s on s.mailbox_id = f.mailbox_id and s.name = f.name
      where f.mailbox_id = ?\
      """;

  private final Transactions transactions;
  private final DefaultFolders defaults;

  @Inject
  FolderReader(Transactions transactions, DefaultFolders defaults) {
    this.transactions = transactions;
    this.defaults = defaults;
  }

  List<FolderInfo> folders(long mailboxId) {
    var folders = transactions.read(connection -> read(connection, mailboxId));
    if (folders.isEmpty()) {
      transactions.write(connection -> defaults.ensure(connection, mailboxId));
      return transactions.read(connection -> read(connection, mailboxId));
    }
    return folders;
  }

  private static List<FolderInfo> read(Connection connection, long mailboxId) throws SQLException {
    return Sql.of(SELECT, mailboxId).add(" order by f.name").list(connection, FolderReader::info);
  }

  Optional<FolderInfo> folder(long mailboxId, String name) {
    var canonical = FolderNames.canonical(name);
    var found = transactions.read(connection -> read(connection, mailboxId, canonical));
    // Not there: then it is worth a look at all of them, which makes those of a new mailbox
    return found.isPresent()
        ? found
        : folders(mailboxId).stream().filter(f -> f.name().equals(canonical)).findFirst();
  }

  static Optional<FolderInfo> read(Connection connection, long mailboxId, String name)
      throws SQLException {
    return Sql.of(SELECT, mailboxId)
        .add(" and f.name = ?", name)
        .list(connection, FolderReader::info)
        .stream()
        .findFirst();
  }

  List<FolderInfo> byId(long mailboxId, Collection<Long> ids) {
    return some(mailboxId, " and f.id in ", ids);
  }

  /**
   * @param names canonical
   */
  List<FolderInfo> byName(long mailboxId, Collection<String> names) {
    return some(mailboxId, " and f.name in ", names);
  }

  private List<FolderInfo> some(long mailboxId, String which, Collection<?> values) {
    return values.isEmpty()
        ? List.of()
        : transactions.read(
            connection ->
                Sql.of(SELECT, mailboxId)
                    .add(which)
                    .in(values)
                    .list(connection, FolderReader::info));
  }

  private static FolderInfo info(ResultSet row) throws SQLException {
    var use = row.getString(3);
    return new FolderInfo(
        row.getLong(1),
        row.getString(2),
        use == null ? null : SpecialUse.valueOf(use),
        row.getBoolean(4),
        row.getBoolean(8),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7));
  }
}
