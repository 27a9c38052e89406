package dev.postroom.panel;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.queue.Selection;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the list of waiting messages is narrowed to, as it stands in addresses and forms.
 *
 * @param sender an address
 * @param destination a domain
 * @param customer a login
 * @param state waiting, sending, held or empty
 */
record QueueFilter(
    String search, String sender, String destination, String customer, String state) {
  static QueueFilter of(MultivaluedMap<String, String> fields) {
    return new QueueFilter(
        text(fields, "q"),
        text(fields, "sender"),
        text(fields, "destination"),
        text(fields, "customer"),
        text(fields, "state"));
  }

  private static String text(MultivaluedMap<String, String> fields, String name) {
    var value = fields.getFirst(name);
    return value == null ? "" : value.strip();
  }

  public boolean isEmpty() {
    return query().values().stream().allMatch(String::isEmpty);
  }

  /** More than the search that everybody sees is in use. */
  public boolean isDetailed() {
    return !sender.isEmpty() || !destination.isEmpty() || !customer.isEmpty();
  }

  /** For the option of a select. */
  public boolean isIn(String wanted) {
    return state.equals(wanted);
  }

  Map<String, String> query() {
    return Map.of(
        "q", search,
        "sender", sender,
        "destination", destination,
        "customer", customer,
        "state", state);
  }

  public String path() {
    return Pager.address("/queue", query());
  }

  /** What somebody typed that there is not selects nothing, not everything. */
  Selection selection(Viewer viewer, Accounts accounts) {
    return Selection.search(search)
        .from(sender)
        .to(domain())
        .ofAccount(account(viewer, accounts))
        .in(wantedState());
  }

  private String domain() {
    try {
      return destination.isEmpty() ? "" : DomainName.of(destination).ascii();
    } catch (InvalidAddressException _) {
      return destination;
    }
  }

  private @Nullable Long account(Viewer viewer, Accounts accounts) {
    if (customer.isEmpty()) {
      return null;
    }
    try {
      return accounts.findByLogin(viewer, customer).id();
    } catch (DirectoryProblem _) {
      return -1L;
    }
  }

  private Selection.@Nullable State wantedState() {
    return switch (state) {
      case "waiting" -> Selection.State.WAITING;
      case "sending" -> Selection.State.SENDING;
      case "held" -> Selection.State.HELD;
      default -> null;
    };
  }
}
