package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.EventGroup.Filter;
import dev.postroom.imap.syntax.FolderCommand.Notify;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The arguments of NOTIFY (RFC 5465 §8). */
final class NotifyParser {
  static final int MAX_GROUPS = 100;

  private final Tokens in;
  private boolean allKnown = true;

  private NotifyParser(Tokens in) {
    this.in = in;
  }

  static Notify parse(Tokens in) throws ImapSyntaxException {
    return new NotifyParser(in).parse();
  }

  private Notify parse() throws ImapSyntaxException {
    in.space();
    var word = in.keyword();
    return switch (word) {
      case "NONE" -> new Notify(false, List.of(), true);
      case "SET" -> set();
      default -> throw new ImapSyntaxException("NOTIFY SET or NONE, not " + word);
    };
  }

  private Notify set() throws ImapSyntaxException {
    in.space();
    boolean status = in.peek() != '(';
    if (status) {
      if (!in.keyword().equals("STATUS")) {
        throw new ImapSyntaxException("STATUS or a group of events expected");
      }
      in.space();
    }
    var groups = new ArrayList<EventGroup>();
    do {
      groups.add(group());
      if (groups.size() > MAX_GROUPS) {
        throw new ImapSyntaxException("at most " + MAX_GROUPS + " groups of events");
      }
    } while (in.skip(' '));
    if (groups.stream().filter(group -> group.filter() instanceof Filter.Selected).count() > 1) {
      throw new ImapSyntaxException("one group for the selected folder"); // RFC 5465 §6.1
    }
    return new Notify(status, groups, allKnown);
  }

  private EventGroup group() throws ImapSyntaxException {
    in.expect('(');
    var filter = filter();
    in.space();
    Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
    var items = new ArrayList<FetchItem>();
    if (in.skip('(')) {
      events(events, items);
    } else if (!in.keyword().equals("NONE")) {
      throw new ImapSyntaxException("events or NONE expected");
    }
    in.expect(')');
    check(filter, events, items);
    return new EventGroup(filter, events, items);
  }

  private Filter filter() throws ImapSyntaxException {
    var word = in.keyword();
    return switch (word) {
      case "SELECTED" -> new Filter.Selected(false);
      case "SELECTED-DELAYED" -> new Filter.Selected(true);
      case "INBOXES" -> new Filter.Inboxes();
      case "PERSONAL" -> new Filter.Personal();
      case "SUBSCRIBED" -> new Filter.Subscribed();
      case "SUBTREE" -> new Filter.Subtree(FolderList.parse(in));
      case "MAILBOXES" -> new Filter.Mailboxes(FolderList.parse(in));
      default -> throw new ImapSyntaxException("there are no folders called " + word);
    };
  }

  private void events(Set<NotifyEvent> events, List<FetchItem> items) throws ImapSyntaxException {
    do {
      var event = NotifyEvent.named(in.atom());
      event.ifPresent(events::add);
      allKnown &= event.isPresent();
      if (event.isPresent() && event.get() == NotifyEvent.MESSAGE_NEW && in.skipBoth(' ', '(')) {
        items.addAll(FetchParser.itemsInList(in));
        FetchParser.checkCount(items);
      }
    } while (in.skip(' '));
    in.expect(')');
  }

  /** RFC 5465 §5, §8: what can only be asked for together, and what not of the selected folder. */
  private static void check(Filter filter, Set<NotifyEvent> events, List<FetchItem> items)
      throws ImapSyntaxException {
    boolean arrivals = events.contains(NotifyEvent.MESSAGE_NEW);
    if (arrivals != events.contains(NotifyEvent.MESSAGE_EXPUNGE)) {
      throw new ImapSyntaxException("MessageNew and MessageExpunge go together");
    }
    if (!arrivals && events.stream().anyMatch(NotifyEvent::isOfMessages)) {
      throw new ImapSyntaxException("FlagChange goes with MessageNew and MessageExpunge");
    }
    boolean selected = filter instanceof Filter.Selected;
    if (selected && !events.stream().allMatch(NotifyEvent::isOfMessages)) {
      throw new ImapSyntaxException("of the selected folder only messages can be asked for");
    }
    if (!selected && !items.isEmpty()) {
      throw new ImapSyntaxException("only messages of the selected folder are fetched");
    }
  }
}
