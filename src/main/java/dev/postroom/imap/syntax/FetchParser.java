package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.BodySection.Kind;
import dev.postroom.imap.syntax.FetchItem.Content;
import dev.postroom.imap.syntax.FetchItem.Partial;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The items of FETCH (RFC 3501 §6.4.5, §9 fetch-att). */
final class FetchParser {
  /** Part numbers in one section; deeper than any message is nested. */
  static final int MAX_PATH = 64;

  /** More items in one list are refused. */
  static final int MAX_ITEMS = 100;

  private static final List<FetchItem> FAST =
      List.of(new FetchItem.Flags(), new FetchItem.InternalDate(), new FetchItem.Size());

  private final Tokens in;

  private FetchParser(Tokens in) {
    this.in = in;
  }

  static List<FetchItem> parse(Tokens in) throws ImapSyntaxException {
    return in.skip('(') ? itemsInList(in) : new FetchParser(in).macroOrItem();
  }

  /** Items up to the closing parenthesis, the opening one being taken. */
  static List<FetchItem> itemsInList(Tokens in) throws ImapSyntaxException {
    var parser = new FetchParser(in);
    var items = new ArrayList<FetchItem>();
    do {
      items.add(parser.item(in.name()));
      checkCount(items);
    } while (in.skip(' '));
    in.expect(')');
    return items;
  }

  static void checkCount(List<FetchItem> items) throws ImapSyntaxException {
    if (items.size() > MAX_ITEMS) {
      throw new ImapSyntaxException("at most " + MAX_ITEMS + " message data items at a time");
    }
  }

  private List<FetchItem> macroOrItem() throws ImapSyntaxException {
    var name = in.name();
    return switch (name) {
      case "FAST" -> FAST;
      case "ALL" -> and(FAST, new FetchItem.Envelope());
      case "FULL" -> and(FAST, new FetchItem.Envelope(), new FetchItem.Structure(false));
      default -> List.of(item(name));
    };
  }

  private static List<FetchItem> and(List<FetchItem> items, FetchItem... more) {
    var all = new ArrayList<>(items);
    all.addAll(List.of(more));
    return all;
  }

  private FetchItem item(String name) throws ImapSyntaxException {
    return switch (name) {
      case "FLAGS" -> new FetchItem.Flags();
      case "UID" -> new FetchItem.Uid();
      case "INTERNALDATE" -> new FetchItem.InternalDate();
      case "RFC822.SIZE" -> new FetchItem.Size();
      case "MODSEQ" -> new FetchItem.ModSeq();
      case "EMAILID" -> new FetchItem.EmailId();
      case "THREADID" -> new FetchItem.ThreadId();
      case "SAVEDATE" -> new FetchItem.SaveDate();
      case "ENVELOPE" -> new FetchItem.Envelope();
      case "BODYSTRUCTURE" -> new FetchItem.Structure(true);
      case "BODY" -> in.peek() == '[' ? content(true) : new FetchItem.Structure(false);
      case "BODY.PEEK" -> content(false);
      case "BINARY" -> binary(true);
      case "BINARY.PEEK" -> binary(false);
      case "BINARY.SIZE" -> binarySize();
      case "PREVIEW" -> new FetchItem.Preview(in.skip(" (LAZY)"));
      case "RFC822" -> new Content(BodySection.of(Kind.ALL), null, true, name);
      case "RFC822.HEADER" -> new Content(BodySection.of(Kind.HEADER), null, false, name);
      case "RFC822.TEXT" -> new Content(BodySection.of(Kind.TEXT), null, true, name);
      default -> throw new ImapSyntaxException("no message data item " + name);
    };
  }

  private FetchItem content(boolean marksSeen) throws ImapSyntaxException {
    in.expect('[');
    var section = section();
    in.expect(']');
    var partial = partial();
    var label = "BODY[" + section + "]" + (partial == null ? "" : "<" + partial.offset() + ">");
    return new Content(section, partial, marksSeen, label);
  }

  private FetchItem binary(boolean marksSeen) throws ImapSyntaxException {
    var path = partPath();
    var partial = partial();
    return new FetchItem.Binary(path, partial, marksSeen, label("BINARY", path, partial));
  }

  private FetchItem binarySize() throws ImapSyntaxException {
    var path = partPath();
    return new FetchItem.BinarySize(path, label("BINARY.SIZE", path, null));
  }

  private static String label(String name, List<Integer> path, @Nullable Partial partial) {
    var section = new BodySection(path, Kind.ALL, List.of());
    return name + "[" + section + "]" + (partial == null ? "" : "<" + partial.offset() + ">");
  }

  /** RFC 3516 §7 section-binary: part numbers and nothing else. */
  private List<Integer> partPath() throws ImapSyntaxException {
    in.expect('[');
    var section = section();
    in.expect(']');
    if (section.kind() != Kind.ALL) {
      throw new ImapSyntaxException("BINARY is of a part, not of its header");
    }
    return section.path();
  }

  /** A section as it stands between brackets. */
  static BodySection section(Tokens in) throws ImapSyntaxException {
    return new FetchParser(in).section();
  }

  private BodySection section() throws ImapSyntaxException {
    var path = new ArrayList<Integer>();
    while (in.peek() >= '0' && in.peek() <= '9') {
      path.add((int) Math.min(in.nonZeroNumber(), Integer.MAX_VALUE));
      if (path.size() > MAX_PATH) {
        throw new ImapSyntaxException("a section has at most " + MAX_PATH + " part numbers");
      }
      if (!in.skip('.')) {
        return new BodySection(path, Kind.ALL, List.of());
      }
    }
    if (path.isEmpty() && in.peek() == ']') {
      return BodySection.of(Kind.ALL);
    }
    return sectionText(path);
  }

  private BodySection sectionText(List<Integer> path) throws ImapSyntaxException {
    var word = in.name();
    return switch (word) {
      case "HEADER" -> new BodySection(path, Kind.HEADER, List.of());
      case "HEADER.FIELDS" -> new BodySection(path, Kind.HEADER_FIELDS, fieldNames());
      case "HEADER.FIELDS.NOT" -> new BodySection(path, Kind.HEADER_FIELDS_NOT, fieldNames());
      case "TEXT" -> new BodySection(path, Kind.TEXT, List.of());
      case "MIME" -> {
        if (path.isEmpty()) {
          throw new ImapSyntaxException("MIME stands behind a part number");
        }
        yield new BodySection(path, Kind.MIME, List.of());
      }
      default -> throw new ImapSyntaxException("no section " + word);
    };
  }

  private List<String> fieldNames() throws ImapSyntaxException {
    in.space();
    in.expect('(');
    var names = new ArrayList<String>();
    do {
      names.add(fieldName());
    } while (in.skip(' '));
    in.expect(')');
    return names;
  }

  /** RFC 5322 §2.2: printable, no colon; those that an atom cannot hold are in no message. */
  private String fieldName() throws ImapSyntaxException {
    var name = in.astring();
    var plain = new Tokens(name.getBytes(StandardCharsets.ISO_8859_1));
    if (!plain.atom().equals(name) || name.indexOf(':') >= 0) {
      throw new ImapSyntaxException("'" + name + "' is no header field's name");
    }
    return name.toUpperCase(Locale.ROOT);
  }

  private @Nullable Partial partial() throws ImapSyntaxException {
    if (!in.skip('<')) {
      return null;
    }
    long offset = in.number();
    in.expect('.');
    long length = in.nonZeroNumber();
    in.expect('>');
    return new Partial(offset, length);
  }
}
