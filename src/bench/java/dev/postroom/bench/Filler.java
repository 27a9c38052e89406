package dev.postroom.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Fills Postroom's database directly: rows copied from a mailbox and a message that came in the
 * proper way, so that each has a content, a summary and index entries of its own. Only the blobs of
 * these messages are not written; nothing that is measured reads them.
 */
final class Filler {
  private static final int ROWS_AT_ONCE = 50_000;

  private final Database database;
  private final String seed;

  /**
   * @param seed the local part of the mailbox to copy from, with one message in its INBOX
   */
  Filler(Database database, String seed) {
    this.database = database;
    this.seed = seed;
  }

  /** Gives the folders of the seed, empty, to all mailboxes of this name that have none. */
  void addFolders(String name) {
    var empty =
        Map.of(
            "mailbox_id", "m.id",
            "messages", "0",
            "octets", "0",
            "unseen", "0",
            "uid_next", "1",
            "highest_modseq", "1");
    var without =
        """
        from mailbox m join %1$s t on t.mailbox_id = %2$s
        where m.local_part regexp '^[0-9]+%3$s$'
          and not exists (select 1 from %1$s there where there.mailbox_id = m.id)""";
    for (var table : List.of("mailbox_usage", "folder")) {
      database.execute(copy(table, empty, without.formatted(table, seedMailbox(), name)));
    }
  }

  /** Puts so many messages into each INBOX of the mailboxes {@code <first><name>} to last. */
  void addMessages(String name, int first, int last, int each) {
    int step = Math.max(1, ROWS_AT_ONCE / each);
    for (int from = first; from <= last; from += step) {
      addMessagesAtOnce(name, from, Math.min(last, from + step - 1), each);
    }
  }

  private void addMessagesAtOnce(String name, int first, int last, int each) {
    var numbers = "seq_" + first + "_to_" + last + " n join seq_1_to_" + each + " s";
    long base = Long.parseLong(database.value("select max(id) + 1 from content"));
    var id = "(" + base + " + (n.seq - " + first + ") * " + each + " + s.seq - 1)";
    database.execute(
        copy(
            "content",
            Map.of("id", id, "blob", "unhex(sha2(concat('filler ', " + id + "), 256))"),
            "from " + numbers + " join content t on t.id = " + seedMessage("content_id")));
    var folders = numbered(name) + " join folder f on f.mailbox_id = m.id and f.name = 'INBOX'";
    database.execute(
        copy(
            "message",
            Map.of("folder_id", "f.id", "uid", "s.seq", "modseq", "s.seq", "content_id", id),
            "from "
                + numbers
                + folders
                + " join message t on t.content_id = "
                + seedMessage("content_id")));
    database.execute(
        """
        update seq_%1$d_to_%2$d n %3$s join folder f on f.mailbox_id = m.id
            join mailbox_usage u on u.mailbox_id = m.id
          set f.messages = %4$d, f.unseen = %4$d, f.octets = %4$d * %5$s, f.uid_next = %4$d + 1,
            f.highest_modseq = %4$d + 1, u.messages = %4$d, u.octets = %4$d * %5$s
          where f.name = 'INBOX'"""
            .formatted(first, last, numbered(name), each, seedMessage("size")));
  }

  /** Joins the mailboxes with the numbers n, over their index. */
  private static String numbered(String name) {
    return " join domain d on d.name = '"
        + Side.DOMAIN
        + "' join mailbox m on m.domain_id = d.id and m.local_part = concat(n.seq, '"
        + name
        + "')";
  }

  private String seedMailbox() {
    return database.value("select id from mailbox where local_part = '" + seed + "'");
  }

  private String seedMessage(String column) {
    return database.value(
        "select min(g."
            + column
            + ") from message g join folder f on f.id = g.folder_id where f.mailbox_id = "
            + seedMailbox());
  }

  /** Copies rows of the alias t, some columns replaced, whatever other columns there are. */
  private String copy(String table, Map<String, String> replaced, String from) {
    var values = new HashMap<>(replaced);
    var columns = columns(table).stream().filter(it -> !it.equals("id") || values.containsKey(it));
    var names = columns.toList();
    return "insert into "
        + table
        + " ("
        + names.stream().map(it -> "`" + it + "`").collect(Collectors.joining(", "))
        + ") select "
        + names.stream()
            .map(it -> values.getOrDefault(it, "t.`" + it + "`"))
            .collect(Collectors.joining(", "))
        + " "
        + from;
  }

  private List<String> columns(String table) {
    return List.of(
        database
            .value(
                """
                select group_concat(column_name) from information_schema.columns
                where table_schema = database() and table_name = '%s'
                  and generation_expression is null"""
                    .formatted(table))
            .split(","));
  }
}
