package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the folders of a mailbox; the first look at a mailbox makes those it starts with. */
@ApplicationScoped
class FolderReader {
  private static final String SELECT =
      """
      select f.id, f.name, f.special_use, s.name is not null, f.uid_validity, f.uid_next,
        f.highest_modseq, \
      """;

  private static final String FROM =
      """
       from folder f left join subscription s on s.mailbox_id = f.mailbox_id and s.name = f.name
      where f.mailbox_id = ?\
      """;

  /** More are picked out of all. */
  private static final int FEW = 20;

  /** For a few folders only: it looks at all of the mailbox for each. */
  private static final String HAS_CHILDREN =
      """
      exists (select 1 from folder c where c.mailbox_id = f.mailbox_id
        and c.name > concat(f.name, '/') and c.name < concat(f.name, '0'))\
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
    var folders =
        Sql.of(SELECT + "false" + FROM, mailboxId)
            .add(" order by f.name")
            .list(connection, FolderReader::info);
    var names =
        folders.stream().map(FolderInfo::name).collect(Collectors.toCollection(TreeSet::new));
    return folders.stream().map(folder -> folder.withChildren(hasAnyBelow(names, folder))).toList();
  }

  private static boolean hasAnyBelow(NavigableSet<String> names, FolderInfo folder) {
    var next = names.higher(folder.name() + FolderNames.SEPARATOR);
    return next != null && FolderNames.isBelow(next, folder.name());
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
    return Sql.of(SELECT)
        .add("exists (select 1 from folder c where c.mailbox_id = ?", mailboxId)
        .add(" and c.name > concat(?, '/') and c.name < concat(?, '0'))", name, name)
        .add(FROM, mailboxId)
        .add(" and f.name = ?", name)
        .list(connection, FolderReader::info)
        .stream()
        .findFirst();
  }

  List<FolderInfo> byId(long mailboxId, Collection<Long> ids) {
    return some(mailboxId, " and f.id in ", ids, FolderInfo::id);
  }

  /**
   * @param names canonical
   */
  List<FolderInfo> byName(long mailboxId, Collection<String> names) {
    return some(mailboxId, " and f.name in ", names, FolderInfo::name);
  }

  private <T> List<FolderInfo> some(
      long mailboxId, String which, Collection<T> wanted, Function<FolderInfo, T> key) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    if (wanted.size() > FEW) {
      return folders(mailboxId).stream().filter(f -> wanted.contains(key.apply(f))).toList();
    }
    return transactions.read(
        connection ->
            Sql.of(SELECT + HAS_CHILDREN + FROM, mailboxId)
                .add(which)
                .in(wanted)
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
