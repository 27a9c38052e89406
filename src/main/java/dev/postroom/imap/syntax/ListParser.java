package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.FolderCommand.ListFolders;
import dev.postroom.imap.syntax.FolderCommand.ListReturn;
import dev.postroom.imap.syntax.FolderCommand.ListSelection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The arguments of LIST (RFC 3501 §6.3.8, extended by RFC 5258 §6) and STATUS. */
final class ListParser {
  static final int MAX_PATTERNS = 20;

  private final Tokens in;
  private final Set<ListReturn> returns = EnumSet.noneOf(ListReturn.class);
  private Set<StatusItem> status = Set.of();
  private List<String> annotations = List.of();

  private ListParser(Tokens in) {
    this.in = in;
  }

  static ListFolders parse(Tokens in) throws ImapSyntaxException {
    return new ListParser(in).list();
  }

  private ListFolders list() throws ImapSyntaxException {
    in.space();
    var selection = EnumSet.noneOf(ListSelection.class);
    if (in.skip('(')) {
      selectionOptions(selection);
      in.space();
    }
    var reference = in.folder();
    in.space();
    var patterns = patterns();
    if (in.skip(' ') && !in.atEnd()) {
      returnOptions();
    }
    return new ListFolders(selection, reference, patterns, returns, status, annotations);
  }

  private void selectionOptions(Set<ListSelection> selection) throws ImapSyntaxException {
    if (in.skip(')')) {
      return;
    }
    do {
      var option = in.keyword();
      selection.add(
          switch (option) {
            case "SUBSCRIBED" -> ListSelection.SUBSCRIBED;
            case "REMOTE" -> ListSelection.REMOTE;
            case "RECURSIVEMATCH" -> ListSelection.RECURSIVEMATCH;
            case "SPECIAL-USE" -> ListSelection.SPECIAL_USE;
            default -> throw new ImapSyntaxException("no selection option " + option);
          });
    } while (in.skip(' '));
    in.expect(')');
    // RFC 5258 §3.1: RECURSIVEMATCH says nothing by itself
    if (selection.contains(ListSelection.RECURSIVEMATCH)
        && !selection.contains(ListSelection.SUBSCRIBED)
        && !selection.contains(ListSelection.SPECIAL_USE)) {
      throw new ImapSyntaxException("RECURSIVEMATCH stands beside another selection option");
    }
  }

  private List<String> patterns() throws ImapSyntaxException {
    if (!in.skip('(')) {
      return List.of(in.folderPattern());
    }
    var patterns = new ArrayList<String>();
    do {
      patterns.add(in.folderPattern());
      if (patterns.size() > MAX_PATTERNS) {
        throw new ImapSyntaxException("at most " + MAX_PATTERNS + " patterns");
      }
    } while (in.skip(' '));
    in.expect(')');
    return patterns;
  }

  private void returnOptions() throws ImapSyntaxException {
    if (!in.keyword().equals("RETURN")) {
      throw new ImapSyntaxException("RETURN expected");
    }
    in.space();
    in.expect('(');
    if (in.skip(')')) {
      return;
    }
    do {
      returnOption(in.keyword());
    } while (in.skip(' '));
    in.expect(')');
  }

  private void returnOption(String option) throws ImapSyntaxException {
    switch (option) {
      case "SUBSCRIBED" -> returns.add(ListReturn.SUBSCRIBED);
      case "CHILDREN" -> returns.add(ListReturn.CHILDREN);
      case "SPECIAL-USE" -> returns.add(ListReturn.SPECIAL_USE);
      case "MYRIGHTS" -> returns.add(ListReturn.MYRIGHTS);
      case "STATUS" -> {
        in.space();
        status = statusItems(in);
      }
      case "METADATA" -> {
        in.space();
        annotations = MetadataParser.entryList(in);
      }
      default -> throw new ImapSyntaxException("no return option " + option);
    }
  }

  static Set<StatusItem> statusItems(Tokens in) throws ImapSyntaxException {
    in.expect('(');
    var items = EnumSet.noneOf(StatusItem.class);
    do {
      var name = in.keyword();
      items.add(
          StatusItem.named(name)
              .orElseThrow(() -> new ImapSyntaxException("no status item " + name)));
    } while (in.skip(' '));
    in.expect(')');
    return items;
  }
}
