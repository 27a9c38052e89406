package dev.postroom.store;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A message and the mailboxes into whose inboxes it goes.
 *
 * @param folders by mailbox, the name of a folder to take instead, in any case of letters; where
 *     there is none, the inbox has it
 */
public record Incoming(Set<Long> mailboxIds, NewMessage message, Map<Long, String> folders) {
  public Incoming {
    mailboxIds = Set.copyOf(mailboxIds);
    folders = Map.copyOf(folders);
  }

  public static Incoming of(Collection<Long> mailboxIds, NewMessage message) {
    return new Incoming(Set.copyOf(mailboxIds), message, Map.of());
  }
}
