package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand.ListFolders;
import dev.postroom.imap.syntax.FolderCommand.ListReturn;
import dev.postroom.imap.syntax.FolderCommand.ListSelection;
import dev.postroom.imap.syntax.FolderCommand.Lsub;
import dev.postroom.imap.syntax.ListPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** LIST (RFC 3501 §6.3.8, extended by RFC 5258 and RFC 6154) and LSUB. */
record FolderListing(ImapSession session, User user) {
  private static final char DELIMITER = '/';

  /** Names that exist, that are subscribed, and the levels above either. */
  private record Names(
      NavigableMap<String, FoundFolder> folders,
      NavigableSet<String> subscribed,
      NavigableSet<String> all) {
    boolean hasChildren(String name) {
      return isBelow(name, folders.navigableKeySet());
    }
  }

  private Names names(boolean withSubscribed, List<ListPattern> patterns) {
    var folders = new TreeMap<String, FoundFolder>();
    var subscribed = new TreeSet<String>();
    for (var folder : user.mailbox().folders()) {
      folders.put(folder.name(), FoundFolder.own(user, folder));
      if (folder.subscribed()) {
        subscribed.add(folder.name());
      }
    }
    var ofOthers =
        patterns.stream().anyMatch(pattern -> pattern.reaches(FolderNamespace.OTHERS_PREFIX))
            ? new FolderNamespace(session, user).ofOthers()
            : List.<FoundFolder>of();
    ofOthers.forEach(shared -> folders.put(shared.folder().name(), shared));
    if (withSubscribed || !ofOthers.isEmpty()) {
      subscribed.addAll(user.mailbox().subscriptions());
    }
    var all = new TreeSet<>(folders.keySet());
    if (withSubscribed) {
      all.addAll(subscribed);
    }
    for (var name : List.copyOf(all)) {
      for (int at = name.indexOf(DELIMITER); at > 0; at = name.indexOf(DELIMITER, at + 1)) {
        all.add(name.substring(0, at));
      }
    }
    return new Names(folders, subscribed, all);
  }

  private static boolean isBelow(String name, NavigableSet<String> names) {
    var next = names.ceiling(name + DELIMITER);
    return next != null && next.startsWith(name + DELIMITER);
  }

  Completion list(ListFolders command) throws IOException {
    // RFC 9051 §6.3.9: an empty name means nothing in the extended syntax
    if (command.patterns().equals(List.of(""))
        && command.selection().isEmpty()
        && command.returns().isEmpty()
        && command.status().isEmpty()) {
      // RFC 3501 §6.3.8: only the delimiter is asked for
      session.out().raw("* LIST (\\Noselect) \"/\" \"\"").crlf();
      return Completion.ok("LIST done");
    }
    boolean onlySubscribed = command.selection().contains(ListSelection.SUBSCRIBED);
    var patterns =
        command.patterns().stream()
            .map(pattern -> ListPattern.of(command.reference(), pattern))
            .toList();
    var names = names(onlySubscribed, patterns);
    var listed = new ArrayList<FoundFolder>();
    for (var name : names.all()) {
      if (matches(patterns, name) && writeIfSelected(command, names, name)) {
        var folder = names.folders().get(name);
        if (folder != null) {
          listed.add(folder);
        }
      }
    }
    if (!command.status().isEmpty() && !listed.isEmpty()) {
      new StatusResponse(session, user).write(listed, command.status());
    }
    if (command.returns().contains(ListReturn.MYRIGHTS)) {
      for (var folder : listed) {
        new AclCommands(session, user).tellMine(folder.folder().name(), folder.rights());
      }
    }
    if (!command.annotations().isEmpty() && !listed.isEmpty()) {
      new MetadataCommands(session, user).list(listed, command.annotations());
    }
    return Completion.ok("LIST done");
  }

  private static boolean matches(List<ListPattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /** Whether it meets all that the client selects by. */
  private static boolean isSelected(ListFolders command, Names names, String name) {
    var folder = names.folders().get(name);
    var selection = command.selection();
    return (!selection.contains(ListSelection.SUBSCRIBED) || names.subscribed().contains(name))
        && (!selection.contains(ListSelection.SPECIAL_USE)
            || (folder != null && folder.folder().specialUse() != null));
  }

  private boolean writeIfSelected(ListFolders command, Names names, String name)
      throws IOException {
    boolean selected = isSelected(command, names, name);
    // RFC 5258 §3.5: a name that only leads to selected ones is told with CHILDINFO
    boolean leads =
        command.selection().contains(ListSelection.RECURSIVEMATCH)
            && names.all().tailSet(name + DELIMITER).stream()
                .takeWhile(below -> below.startsWith(name + DELIMITER))
                .anyMatch(below -> isSelected(command, names, below));
    if (!selected && !leads) {
      return false;
    }
    write("LIST", attributes(command, names, name), name);
    if (leads && command.selection().contains(ListSelection.SUBSCRIBED)) {
      session.out().raw(" (\"CHILDINFO\" (\"SUBSCRIBED\"))");
    }
    session.out().crlf();
    return true;
  }

  private static List<String> attributes(ListFolders command, Names names, String name) {
    var attributes = new ArrayList<String>();
    var folder = names.folders().get(name);
    if (folder == null) {
      // RFC 5258 §3: implies \Noselect, which older clients know
      attributes.add("\\NonExistent");
      attributes.add("\\Noselect");
    }
    attributes.add(names.hasChildren(name) ? "\\HasChildren" : "\\HasNoChildren");
    if ((command.returns().contains(ListReturn.SUBSCRIBED)
            || command.selection().contains(ListSelection.SUBSCRIBED))
        && names.subscribed().contains(name)) {
      attributes.add("\\Subscribed");
    }
    addSpecialUse(folder, attributes); // RFC 6154 §2: unasked, too
    return attributes;
  }

  private static void addSpecialUse(@Nullable FoundFolder folder, List<String> attributes) {
    var use = folder == null ? null : folder.folder().specialUse();
    if (use != null) {
      attributes.add(use.attribute());
    }
  }

  private void write(String response, List<String> attributes, String name) throws IOException {
    var out = session.out();
    out.raw("* ").raw(response).raw(' ').flags(attributes).raw(" \"/\" ").folder(name);
  }

  Completion lsub(Lsub command) throws IOException {
    var pattern = ListPattern.of(command.reference(), command.pattern());
    var names = names(true, List.of(pattern));
    Map<String, FoundFolder> folders = names.folders();
    for (var name : names.all()) {
      boolean subscribed = names.subscribed().contains(name);
      // RFC 3501 §6.3.9: with %, a name above a subscribed one stands for it
      boolean leads = command.pattern().endsWith("%") && isBelow(name, names.subscribed());
      if (pattern.matches(name) && (subscribed || leads)) {
        boolean selectable = subscribed && folders.containsKey(name);
        write("LSUB", selectable ? List.of() : List.of("\\Noselect"), name);
        session.out().crlf();
      }
    }
    return Completion.ok("LSUB done");
  }
}
