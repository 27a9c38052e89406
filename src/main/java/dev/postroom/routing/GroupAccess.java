package dev.postroom.routing;

import dev.postroom.directory.GroupSenders;
import dev.postroom.directory.Recipient;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who may write to a group: users here are known by their login, not by what they say. */
final class GroupAccess {
  /** For messages whose sender was asked before. */
  static final Predicate<Recipient.Group> ALL = _ -> true;

  private GroupAccess() {}

  /**
   * @param sender who has logged in, null for everybody else
   */
  static Predicate<Recipient.Group> of(@Nullable Sender sender) {
    return group ->
        switch (group.senders()) {
          case ANYONE -> true;
          case DOMAIN ->
              sender != null && sender.address().domain().equals(group.address().domain());
          case MEMBERS ->
              sender != null
                  && group.members().stream().anyMatch(m -> m.mailboxId() == sender.mailboxId());
        };
  }

  /** The end of a sentence. */
  static String words(GroupSenders senders) {
    return switch (senders) {
      case ANYONE -> "anyone";
      case DOMAIN -> "users of its own domain only, who have to log in";
      case MEMBERS -> "its members only, who have to log in";
    };
  }
}
