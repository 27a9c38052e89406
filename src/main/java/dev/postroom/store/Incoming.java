package dev.postroom.store;

import java.util.Collection;
import java.util.Set;

/** A message and the mailboxes into whose inboxes it goes. */
public record Incoming(Set<Long> mailboxIds, NewMessage message) {
  public Incoming {
    mailboxIds = Set.copyOf(mailboxIds);
  }

  public static Incoming of(Collection<Long> mailboxIds, NewMessage message) {
    return new Incoming(Set.copyOf(mailboxIds), message);
  }
}
