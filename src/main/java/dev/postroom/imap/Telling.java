package dev.postroom.imap;

import dev.postroom.imap.syntax.EventGroup;
import dev.postroom.imap.syntax.EventGroup.Filter;
import dev.postroom.imap.syntax.FetchItem;
import dev.postroom.imap.syntax.NotifyEvent;
import java.util.List;

/**
 * What a client hears, unasked, of the folder that it has selected (RFC 5465 §3.1, §6.1).
 *
 * @param messages of those that arrive and go
 * @param flags of flags that others change
 * @param betweenCommands whether it listens while no command is in progress
 * @param expungesBetweenCommands whether numbers may change then
 * @param newItems what to fetch of each message that arrives
 */
record Telling(
    boolean messages,
    boolean flags,
    boolean betweenCommands,
    boolean expungesBetweenCommands,
    List<FetchItem> newItems) {

  /** Until NOTIFY is used: everything, while a command is in progress. */
  static final Telling DURING_COMMANDS = new Telling(true, true, false, false, List.of());

  static final Telling NOTHING = new Telling(false, false, false, false, List.of());

  static Telling of(EventGroup selected) {
    boolean messages = selected.events().contains(NotifyEvent.MESSAGE_NEW);
    boolean delayed = selected.filter() instanceof Filter.Selected(var waits) && waits;
    return new Telling(
        messages,
        selected.events().contains(NotifyEvent.FLAG_CHANGE),
        messages,
        messages && !delayed,
        selected.newItems());
  }
}
