package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.PropertyCommand.GetMetadata;
import dev.postroom.imap.syntax.PropertyCommand.SetMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The arguments of GETMETADATA and SETMETADATA (RFC 5464 §5), and of LIST (RFC 9590 §5). */
final class MetadataParser {
  static final int MAX_ENTRIES = 100;
  static final int MAX_ENTRY_LENGTH = 255;

  /** RFC 5464 §3.2: no wildcards, no control characters, no empty level. */
  private static final Pattern ENTRY = Pattern.compile("/(private|shared)(/[ -~&&[^/*%]]+)*");

  private final Tokens in;
  private int depth;
  private long maxSize = Long.MAX_VALUE;

  private MetadataParser(Tokens in) {
    this.in = in;
  }

  static GetMetadata get(Tokens in) throws ImapSyntaxException {
    return new MetadataParser(in).get();
  }

  static SetMetadata set(Tokens in) throws ImapSyntaxException {
    return new MetadataParser(in).set();
  }

  /** {@code (entry entry ...)}. */
  static List<String> entryList(Tokens in) throws ImapSyntaxException {
    in.expect('(');
    return new MetadataParser(in).restOfEntries();
  }

  private GetMetadata get() throws ImapSyntaxException {
    in.space();
    if (in.skip('(')) {
      options();
      in.space();
    }
    var folder = in.folder();
    in.space();
    return new GetMetadata(folder, entries(), depth, maxSize);
  }

  /**
   * The grammar has the options before the folder, the RFC's own examples have them behind it: both
   * are understood.
   */
  private List<String> entries() throws ImapSyntaxException {
    if (!in.skip('(')) {
      return List.of(entry());
    }
    if (in.peek() == '/' || in.isString()) {
      return restOfEntries();
    }
    options();
    in.space();
    return in.skip('(') ? restOfEntries() : List.of(entry());
  }

  private void options() throws ImapSyntaxException {
    do {
      var option = in.keyword();
      in.space();
      switch (option) {
        case "MAXSIZE" -> maxSize = in.number();
        case "DEPTH" -> depth = depth(in.keyword());
        default -> throw new ImapSyntaxException("no option " + option);
      }
    } while (in.skip(' '));
    in.expect(')');
  }

  private static int depth(String depth) throws ImapSyntaxException {
    return switch (depth) {
      case "0" -> 0;
      case "1" -> 1;
      case "INFINITY" -> Integer.MAX_VALUE;
      default -> throw new ImapSyntaxException("DEPTH is 0, 1 or infinity");
    };
  }

  private List<String> restOfEntries() throws ImapSyntaxException {
    var entries = new ArrayList<String>();
    do {
      entries.add(entry());
      checkCount(entries.size());
    } while (in.skip(' '));
    in.expect(')');
    return entries;
  }

  private static void checkCount(int entries) throws ImapSyntaxException {
    if (entries > MAX_ENTRIES) {
      throw new ImapSyntaxException("at most " + MAX_ENTRIES + " entries");
    }
  }

  private String entry() throws ImapSyntaxException {
    var entry = in.astring().toLowerCase(Locale.ROOT);
    if (entry.length() > MAX_ENTRY_LENGTH || !ENTRY.matcher(entry).matches()) {
      throw new ImapSyntaxException("an entry is /private/... or /shared/..., without * and %");
    }
    return entry;
  }

  private SetMetadata set() throws ImapSyntaxException {
    in.space();
    var folder = in.folder();
    in.space();
    in.expect('(');
    var values = new LinkedHashMap<String, Optional<byte[]>>();
    do {
      var entry = entry();
      if (entry.indexOf('/', 1) < 0) {
        throw new ImapSyntaxException(entry + " itself has no value");
      }
      in.space();
      values.put(entry, in.value());
      checkCount(values.size());
    } while (in.skip(' '));
    in.expect(')');
    return new SetMetadata(folder, values);
  }
}
