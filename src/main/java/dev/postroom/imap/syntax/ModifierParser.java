package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.FolderCommand.Select;
import org.jspecify.annotations.Nullable;

/** Parameters of SELECT and modifiers of FETCH and STORE (RFC 4466 §2.1, §2.4, §2.5). */
final class ModifierParser {
  private final Tokens in;

  private ModifierParser(Tokens in) {
    this.in = in;
  }

  /** Takes one parameter or modifier whose name has been read. */
  private interface Taker {
    void take(String name) throws ImapSyntaxException;
  }

  private void list(Taker taker) throws ImapSyntaxException {
    in.expect('(');
    do {
      taker.take(in.keyword());
    } while (in.skip(' '));
    in.expect(')');
  }

  // SELECT

  static Select select(Tokens in, String folder, boolean readOnly) throws ImapSyntaxException {
    if (!in.skip(' ') || in.atEnd()) {
      return new Select(folder, readOnly, false, null);
    }
    var parser = new ModifierParser(in);
    var parameters =
        new Object() {
          boolean condstore;
          @Nullable Resync resync;
        };
    parser.list(
        name -> {
          switch (name) {
            case "CONDSTORE" -> parameters.condstore = true;
            case "QRESYNC" -> parameters.resync = parser.resync();
            default -> throw new ImapSyntaxException("no parameter " + name);
          }
        });
    return new Select(folder, readOnly, parameters.condstore, parameters.resync);
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
    var parser = new ModifierParser(in);
    var modifiers =
        new Object() {
          @Nullable Long changedSince;
          boolean vanished;
          SearchReturn.@Nullable Window partial;
        };
    parser.list(
        name -> {
          switch (name) {
            case "CHANGEDSINCE" -> modifiers.changedSince = parser.modSeq();
            case "VANISHED" -> modifiers.vanished = true;
            case "PARTIAL" -> modifiers.partial = parser.partial(uid);
            default -> throw new ImapSyntaxException("no modifier " + name);
          }
        });
    // RFC 7162 §3.2.6
    if (modifiers.vanished && (!uid || modifiers.changedSince == null)) {
      throw new ImapSyntaxException("VANISHED stands in UID FETCH beside CHANGEDSINCE");
    }
    return new FetchModifiers(modifiers.changedSince, modifiers.vanished, modifiers.partial);
  }

  private SearchReturn.Window partial(boolean uid) throws ImapSyntaxException {
    if (!uid) {
      throw new ImapSyntaxException("PARTIAL stands in UID FETCH"); // RFC 9394 §3.3
    }
    in.space();
    return SearchReturnParser.window(in);
  }

  private long modSeq() throws ImapSyntaxException {
    in.space();
    return in.modSeq();
  }

  // STORE

  /** The value of UNCHANGEDSINCE with the space behind it; null when there is none. */
  static @Nullable Long store(Tokens in) throws ImapSyntaxException {
    if (in.peek() != '(') {
      return null;
    }
    var parser = new ModifierParser(in);
    var modifiers =
        new Object() {
          @Nullable Long unchangedSince;
        };
    parser.list(
        name -> {
          if (!name.equals("UNCHANGEDSINCE") || modifiers.unchangedSince != null) {
            throw new ImapSyntaxException("UNCHANGEDSINCE stands once, and alone");
          }
          modifiers.unchangedSince = parser.modSeq();
        });
    in.space();
    return modifiers.unchangedSince;
  }
}
