package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.FolderCommand.Select;
import dev.postroom.imap.syntax.SearchReturn.Window;
import org.jspecify.annotations.Nullable;

/** Parameters of SELECT and modifiers of FETCH and STORE (RFC 4466 §2.1, §2.4, §2.5). */
final class ModifierParser {
  private final Tokens in;

  private ModifierParser(Tokens in) {
    this.in = in;
  }

  // SELECT

  static Select select(Tokens in, String folder, boolean readOnly) throws ImapSyntaxException {
    boolean condstore = false;
    Resync resync = null;
    if (in.skip(' ') && !in.atEnd()) {
      var parser = new ModifierParser(in);
      in.expect('(');
      do {
        var name = in.keyword();
        switch (name) {
          case "CONDSTORE" -> condstore = true;
          case "QRESYNC" -> resync = parser.resync();
          default -> throw new ImapSyntaxException("no parameter " + name);
        }
      } while (in.skip(' '));
      in.expect(')');
    }
    return new Select(folder, readOnly, condstore, resync);
  }

  private Resync resync() throws ImapSyntaxException {
    in.space();
    in.expect('(');
    long uidValidity = in.nonZeroNumber();
    in.space();
    long modSeq = in.modSeq();
    SequenceSet known = null;
    Resync.Match match = null;
    if (in.skip(' ') && in.peek() != '(') {
      known = SequenceSet.numbers(in);
      in.skip(' ');
    }
    if (in.skip('(')) {
      var numbers = SequenceSet.numbers(in);
      in.space();
      match = new Resync.Match(numbers, SequenceSet.numbers(in));
      in.expect(')');
    }
    in.expect(')');
    return new Resync(uidValidity, modSeq, known, match);
  }

  // FETCH

  static FetchModifiers fetch(Tokens in, boolean uid) throws ImapSyntaxException {
    if (!in.skip(' ') || in.atEnd()) {
      return FetchModifiers.NONE;
    }
    var modifiers = new ModifierParser(in).fetchModifiers();
    // RFC 7162 §3.2.6
    if (modifiers.vanished() && (!uid || modifiers.changedSince() == null)) {
      throw new ImapSyntaxException("VANISHED stands in UID FETCH beside CHANGEDSINCE");
    }
    if (modifiers.partial() != null && !uid) { // RFC 9394 §3.3
      throw new ImapSyntaxException("PARTIAL stands in UID FETCH");
    }
    return modifiers;
  }

  private FetchModifiers fetchModifiers() throws ImapSyntaxException {
    Long changedSince = null;
    boolean vanished = false;
    Window partial = null;
    in.expect('(');
    do {
      var name = in.keyword();
      switch (name) {
        case "CHANGEDSINCE" -> changedSince = modSeq();
        case "VANISHED" -> vanished = true;
        case "PARTIAL" -> {
          in.space();
          partial = SearchReturnParser.window(in);
        }
        default -> throw new ImapSyntaxException("no modifier " + name);
      }
    } while (in.skip(' '));
    in.expect(')');
    return new FetchModifiers(changedSince, vanished, partial);
  }

  private long modSeq() throws ImapSyntaxException {
    in.space();
    return in.modSeq();
  }

  // STORE

  /** The value of UNCHANGEDSINCE, with the space behind the list; null when there is none. */
  static @Nullable Long store(Tokens in) throws ImapSyntaxException {
    if (!in.skip('(')) {
      return null;
    }
    if (!in.keyword().equals("UNCHANGEDSINCE")) {
      throw new ImapSyntaxException("UNCHANGEDSINCE is the only modifier");
    }
    long unchangedSince = new ModifierParser(in).modSeq();
    in.expect(')');
    in.space();
    return unchangedSince;
  }
}
