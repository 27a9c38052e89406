package dev.postroom.trace;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import java.util.Locale;

/** What a search asks of the rows, and what its viewer may see of them. */
final class TrailConditions {
  private static final Sql NOTHING = new Sql("false");

  private TrailConditions() {}

  /** The only place where tenants are told apart. */
  static Sql visible(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> Sql.TRUE;
      case Viewer.MailboxUser _ -> NOTHING;
      case Viewer.Person(var id, var role, _) ->
          switch (role) {
            case ADMINISTRATOR -> Sql.TRUE;
            case RESELLER ->
                new Sql(
                    "account_id in (select a.id from account a where a.id = ? or a.parent_id = ?)",
                    id,
                    id);
            case CUSTOMER -> new Sql("account_id = ?", id);
          };
    };
  }

  /**
   * The index that leads to the fewest rows. Left to itself the database reads everybody's rows
   * from the newest on, and never finds enough for somebody who has few.
   */
  static String index(Viewer viewer, TrailQuery query) {
    if (!query.trace().isBlank()) {
      return "primary";
    }
    if (!query.messageId().isBlank()) {
      return "message_id";
    }
    if (isAddress(query.recipient())) {
      return "recipient";
    }
    return visible(viewer) == Sql.TRUE ? indexOfAll(query) : "account";
  }

  private static String indexOfAll(TrailQuery query) {
    if (!query.client().isBlank()) {
      return "client";
    }
    if (isAddress(query.sender())) {
      return "sender";
    }
    if (query.outcome() != null) {
      return "outcome";
    }
    if (!query.recipient().isBlank()) {
      return "recipient_domain";
    }
    return query.sender().isBlank() ? "primary" : "sender_domain";
  }

  private static boolean isAddress(String text) {
    return text.strip().lastIndexOf('@') > 0 || text.strip().equals("<>");
  }

  static Sql of(TrailQuery query) {
    var all =
        Sql.TRUE
            .both(party("sender", query.sender()))
            .both(party("recipient", query.recipient()))
            .both(trace(query.trace().strip()))
            .both(messageId(query.messageId().strip()))
            .both(client(query.client().strip()));
    if (query.outcome() != null) {
      all = all.both(new Sql("outcome = ?", query.outcome().name()));
    }
    if (query.from() != null) {
      all = all.both(new Sql("trace >= ?", TraceId.firstAt(query.from()).value()));
    }
    if (query.until() != null) {
      all = all.both(new Sql("trace < ?", TraceId.firstAt(query.until()).value()));
    }
    return all;
  }

  private static Sql party(String column, String wanted) {
    var text = wanted.strip();
    if (text.isEmpty()) {
      return Sql.TRUE;
    }
    if (text.equals("<>")) {
      return new Sql(column + " = ''");
    }
    try {
      return text.lastIndexOf('@') > 0
          ? new Sql(column + " = ?", Columns.address(MailAddress.parse(text)))
          : new Sql(
              column + "_domain = ?",
              DomainName.of(text.startsWith("@") ? text.substring(1) : text).ascii());
    } catch (InvalidAddressException _) {
      throw new DirectoryProblem(
          DirectoryProblem.Kind.INVALID, column, "“" + text + "” is no address and no domain.");
    }
  }

  private static Sql trace(String id) {
    var wanted = id.toLowerCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      return Sql.TRUE;
    }
    return TraceId.isValid(wanted) ? new Sql("trace = ?", wanted) : NOTHING;
  }

  /** People copy it with its brackets or without; it is kept as the message has it. */
  private static Sql messageId(String id) {
    if (id.isEmpty()) {
      return Sql.TRUE;
    }
    var bare = id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    return new Sql(
        "message_id in (?, ?)",
        Columns.cut(bare, Columns.MESSAGE_ID),
        Columns.cut("<" + bare + ">", Columns.MESSAGE_ID));
  }

  private static Sql client(String address) {
    return address.isEmpty()
        ? Sql.TRUE
        : new Sql("client = ?", Columns.cut(address.toLowerCase(Locale.ROOT), Columns.CLIENT));
  }
}
