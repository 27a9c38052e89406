package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.imap.State.Selected;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand.SearchFolders;
import dev.postroom.imap.syntax.FolderScope;
import dev.postroom.imap.syntax.SearchKey;
import dev.postroom.imap.syntax.SearchReturn;
import dev.postroom.imap.syntax.SearchReturn.Item;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.StoreProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** ESEARCH: a search in several folders (RFC 7377), one after the other. */
record FolderSearch(ImapSession session, User user, String tag) {
  private static final Completion DONE = Completion.ok("ESEARCH done");
  private static final List<FolderScope> SELECTED = List.of(new FolderScope.SelectedOne());

  Completion search(SearchFolders command) throws IOException, NoSuchMessageException {
    var key = command.key();
    if (key == null) {
      return Completion.no("BADCHARSET (US-ASCII UTF-8)", "no such charset here");
    }
    boolean selectedOnly = command.scopes().equals(SELECTED);
    boolean needsSelected = key.needsSelectedFolder() || command.returns().has(Item.SAVE);
    if (needsSelected && !selectedOnly) {
      // RFC 7377 §2.1: there are numbers and a saved result only in the selected folder
      return Completion.bad("message numbers, $ and SAVE are for the selected folder alone");
    }
    if (command.scopes().contains(new FolderScope.SelectedOne())
        && !(session.state() instanceof Selected)) {
      return Completion.bad("there is no selected folder");
    }
    if (selectedOnly && session.state() instanceof Selected(_, var folder)) {
      folder.limit().begin();
      var answer = find(folder, key);
      tell(folder.info(), answer, command.returns());
      if (command.returns().has(Item.SAVE)) {
        folder.saved().keep(answer.saved(command.returns()), folder.numbers());
      }
      return folder.limit().tell(DONE, session.out());
    } else {
      for (var folder : folders(command.scopes())) {
        searchIn(folder, key, command.returns());
      }
    }
    return DONE;
  }

  /** Those of others by name, or as the selected one; the other scopes mean one's own. */
  private List<FoundFolder> folders(List<FolderScope> scopes) {
    Predicate<FolderInfo> wanted = _ -> false;
    Predicate<FolderInfo> wantedOfOthers = _ -> false;
    for (var scope : scopes) {
      var is = isIn(scope);
      wanted = wanted.or(is);
      switch (scope) {
        case FolderScope.SelectedOne _, FolderScope.Named _, FolderScope.Subtree _ ->
            wantedOfOthers = wantedOfOthers.or(is);
        case FolderScope.Inboxes _, FolderScope.Personal _, FolderScope.Subscribed _ -> {}
      }
    }
    var found = new ArrayList<FoundFolder>();
    user.mailbox().folders().stream()
        .filter(wanted)
        .forEach(folder -> found.add(FoundFolder.own(user, folder)));
    for (var shared : names().ofOthers()) {
      if (shared.rights().has(FolderRight.READ) && wantedOfOthers.test(shared.folder())) {
        found.add(shared);
      }
    }
    return found;
  }

  private FolderNamespace names() {
    return new FolderNamespace(session, user);
  }

  private Predicate<FolderInfo> isIn(FolderScope scope) {
    return switch (scope) {
      case FolderScope.SelectedOne _ -> folder -> folder.id() == selectedId();
      case FolderScope.Inboxes _ -> folder -> folder.name().equals("INBOX");
      case FolderScope.Personal _ -> _ -> true;
      case FolderScope.Subscribed _ -> FolderInfo::subscribed;
      case FolderScope.Named(var names) -> {
        var ids = ids(names);
        yield folder -> ids.contains(folder.id());
      }
      case FolderScope.Subtree(var names, var oneLevel) -> {
        var ids = ids(names);
        yield folder ->
            ids.contains(folder.id())
                || names.stream().anyMatch(name -> isBelow(folder.name(), name, oneLevel));
      }
    };
  }

  private long selectedId() {
    return session.state() instanceof Selected(_, var folder) ? folder.id() : -1;
  }

  /** RFC 7377 §2.2: folders that are not there are passed over. */
  private List<Long> ids(List<String> names) {
    return names.stream()
        .flatMap(name -> names().find(name).stream())
        .map(FoundFolder::id)
        .toList();
  }

  private static boolean isBelow(String folder, String top, boolean oneLevel) {
    var above = (top.equalsIgnoreCase("INBOX") ? "INBOX" : top) + "/";
    return folder.startsWith(above) && !(oneLevel && folder.indexOf('/', above.length()) >= 0);
  }

  private void searchIn(FoundFolder found, SearchKey key, SearchReturn returns)
      throws IOException, NoSuchMessageException {
    var all = new MessageLimit(Integer.MAX_VALUE);
    try (var folder =
        SelectedFolder.open(found, Access.WHOLE, true, all, session.enabled(), () -> {})) {
      tell(found.folder(), find(folder, key), returns);
    } catch (StoreProblem gone) {
      if (gone.kind() != StoreProblem.Kind.NONEXISTENT) {
        throw gone;
      } // else it was deleted meanwhile
    }
  }

  private SearchAnswer find(SelectedFolder folder, SearchKey key)
      throws IOException, NoSuchMessageException {
    var found = new MessageSearch(session, folder, new Progress(session, tag)).find(key);
    return new SearchAnswer(found, true, folder.numbers());
  }

  /** RFC 7377 §2.1: nothing of folders in which nothing was found. */
  private void tell(FolderInfo folder, SearchAnswer answer, SearchReturn returns)
      throws IOException {
    if (answer.found().length == 0 || returns.isSilent()) {
      return;
    }
    var out = session.out();
    out.raw("* ESEARCH (TAG \"").raw(tag).raw("\" MAILBOX ").folder(folder.name());
    out.raw(" UIDVALIDITY ").number(folder.uidValidity()).raw(") UID");
    answer.items(returns, out);
    out.crlf();
  }
}
