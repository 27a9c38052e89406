package dev.postroom.imap;

import dev.postroom.imap.syntax.SearchKey;
import dev.postroom.imap.syntax.SearchReturn;
import dev.postroom.imap.syntax.SearchReturn.Item;
import dev.postroom.imap.syntax.SelectedCommand.Search;
import dev.postroom.imap.syntax.SelectedCommand.Sort;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** SEARCH (RFC 3501 §6.4.4, RFC 4731, RFC 5182) and SORT (RFC 5256 §3, RFC 5267 §3). */
record SearchCommand(ImapSession session, SelectedFolder folder, String tag) {

  Completion search(Search command) throws IOException, NoSuchMessageException {
    try {
      var found = search().find(command.key());
      tell("SEARCH", command.returns(), answer(found, command.uid(), command.key()));
      return Completion.ok("SEARCH done");
    } catch (IOException | RuntimeException failed) {
      forget(command.returns());
      throw failed;
    }
  }

  Completion sort(Sort command) throws IOException, NoSuchMessageException {
    try {
      var found = search().find(command.key());
      if (folder.limit().isReached()) {
        forget(command.returns());
        return folder.limit().refuse("SORT"); // RFC 9738 §3.3
      }
      var fields = session.services().sortFields;
      var sorting = new Sorting(folder, fields, found, new Progress(session, tag));
      var sorted = sorting.by(command.criteria());
      tell("SORT", command.returns(), answer(sorted, command.uid(), command.key()));
      return Completion.ok("SORT done");
    } catch (IOException | RuntimeException failed) {
      forget(command.returns());
      throw failed;
    }
  }

  private MessageSearch search() {
    return new MessageSearch(session, folder, new Progress(session, tag));
  }

  /** RFC 7162 §3.1.5, §3.1.6: whoever searches for a MODSEQ is told one. */
  private SearchAnswer answer(int[] found, boolean uid, SearchKey key) throws IOException {
    boolean tellsModSeq = key.namesModSeq();
    if (tellsModSeq) {
      session.useModSeqs();
    }
    var flags = tellsModSeq ? folder.currentFlags() : null;
    return new SearchAnswer(found, uid, folder.numbers(), flags);
  }

  /** RFC 5182 §2.1: a search that ends with NO saves nothing. */
  private void forget(@Nullable SearchReturn returns) {
    if (returns != null && returns.has(Item.SAVE)) {
      folder.saved().clear();
    }
  }

  private void tell(String response, @Nullable SearchReturn returns, SearchAnswer answer)
      throws IOException {
    if (returns == null && response.equals("SEARCH") && session.isRev2()) {
      answer.extended(tag, SearchReturn.EVERYTHING, session.out()); // RFC 9051 §6.4.4
      return;
    }
    if (returns == null) {
      answer.plain(response, session.out());
      return;
    }
    if (!returns.isSilent()) {
      answer.extended(tag, returns, session.out());
    }
    if (returns.has(Item.SAVE)) {
      folder.saved().keep(answer.saved(returns), folder.numbers());
    }
  }
}
