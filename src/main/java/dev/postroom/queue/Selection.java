package dev.postroom.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the queue are meant, among those that the viewer sees: all that agree with
 * everything that is said here.
 *
 * @param ids empty for any
 * @param sender the reverse-path, {@code <>} for reports; empty for any
 * @param accountId whose mail; null for anybody's
 * @param destination the domain of the recipient in ASCII; empty for any
 * @param search text in sender or recipient; empty for any
 * @param state null for any
 */
public record Selection(
    List<Long> ids,
    String sender,
    @Nullable Long accountId,
    String destination,
    String search,
    @Nullable State state) {
  /** More than anybody picks by hand. */
  public static final int MAX_IDS = 1000;

  public static final Selection ALL = new Selection(List.of(), "", null, "", "", null);

  /** What is happening to an entry. */
  public enum State {
    WAITING,
    SENDING,
    HELD
  }

  public Selection {
    ids = List.copyOf(ids);
    sender = sender.strip();
    destination = destination.strip();
    search = search.strip();
  }

  public static Selection of(List<Long> ids) {
    return new Selection(ids, "", null, "", "", null);
  }

  public static Selection search(String text) {
    return new Selection(List.of(), "", null, "", text, null);
  }

  public Selection from(String address) {
    return new Selection(ids, address, accountId, destination, search, state);
  }

  public Selection ofAccount(@Nullable Long account) {
    return new Selection(ids, sender, account, destination, search, state);
  }

  public Selection to(String domain) {
    return new Selection(ids, sender, accountId, domain, search, state);
  }

  public Selection in(@Nullable State wanted) {
    return new Selection(ids, sender, accountId, destination, search, wanted);
  }

  public boolean isAll() {
    return equals(ALL);
  }
}
