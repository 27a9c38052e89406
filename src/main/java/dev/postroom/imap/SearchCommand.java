package dev.postroom.imap;

import dev.postroom.imap.syntax.SearchReturn;
import dev.postroom.imap.syntax.SearchReturn.Item;
import dev.postroom.imap.syntax.SelectedCommand.Search;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** SEARCH (RFC 3501 §6.4.4, RFC 4731, RFC 5182). */
record SearchCommand(ImapSession session, SelectedFolder folder, String tag) {

  Completion search(Search command) throws IOException, NoSuchMessageException {
    var returns = command.returns();
    boolean saves = returns != null && returns.has(Item.SAVE);
    boolean tellsModSeq = command.key().namesModSeq();
    if (tellsModSeq) {
      session.useModSeqs();
    }
    try {
      var found = new MessageSearch(session, folder).find(command.key());
      var flags = tellsModSeq ? folder.currentFlags() : null;
      tell(returns, new SearchAnswer(found, command.uid(), folder.numbers(), flags));
      return Completion.ok("SEARCH done");
    } catch (IOException | RuntimeException failed) {
      if (saves) {
        folder.saved().clear(); // RFC 5182 §2.1: a search that ends with NO saves nothing
      }
      throw failed;
    }
  }

  private void tell(@Nullable SearchReturn returns, SearchAnswer answer) throws IOException {
    if (returns == null) {
      answer.plain("SEARCH", session.out());
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
