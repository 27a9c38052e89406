package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.BodySection.Kind;
import dev.postroom.imap.syntax.FetchItem.Partial;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An IMAP URL that names a message or a part of one (RFC 5092 §5).
 *
 * @param server user, host and port as written; null when it is the one that is asked
 * @param folder null when it is the selected one
 * @param uidValidity 0 when none is demanded
 */
public record ImapUrl(
    @Nullable String server,
    @Nullable String folder,
    long uidValidity,
    long uid,
    BodySection section,
    @Nullable Partial partial) {
  private static final String SCHEME = "imap:";
  private static final String UID = ";UID=";
  private static final String UID_VALIDITY = ";UIDVALIDITY=";
  private static final String SECTION = "/;SECTION=";
  private static final String PARTIAL = "/;PARTIAL=";

  public static ImapUrl parse(String url) throws ImapSyntaxException {
    boolean absolute = startsWith(url, SCHEME);
    var rest = absolute ? url.substring(SCHEME.length()) : url;
    String server = null;
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      if (slash < 0) {
        throw malformed();
      }
      server = decode(rest.substring(2, slash));
      rest = rest.substring(slash);
    } else if (absolute) {
      throw malformed();
    }
    return path(server, rest);
  }

  private static ImapUrl path(@Nullable String server, String path) throws ImapSyntaxException {
    int uid = indexOf(path, UID);
    if (uid < 0) {
      throw malformed();
    }
    String folder = null;
    long uidValidity = 0;
    if (path.startsWith("/") && uid > 1) {
      // RFC 5092 §11: "/" enc-mailbox [uidvalidity] "/;UID="
      var named = path.substring(1, uid);
      if (!named.endsWith("/")) {
        throw malformed();
      }
      named = named.substring(0, named.length() - 1);
      int validity = indexOf(named, UID_VALIDITY);
      if (validity >= 0) {
        uidValidity = number(named.substring(validity + UID_VALIDITY.length()));
        named = named.substring(0, validity);
      }
      folder = decode(named);
    } else if (uid > (path.startsWith("/") && server == null ? 1 : 0)) {
      throw malformed();
    }
    return message(server, folder, uidValidity, path.substring(uid + UID.length()));
  }

  private static ImapUrl message(
      @Nullable String server, @Nullable String folder, long uidValidity, String rest)
      throws ImapSyntaxException {
    var left = rest;
    Partial partial = null;
    int at = indexOf(left, PARTIAL);
    if (at >= 0) {
      partial = partial(left.substring(at + PARTIAL.length()));
      left = left.substring(0, at);
    }
    var section = BodySection.of(Kind.ALL);
    at = indexOf(left, SECTION);
    if (at >= 0) {
      section = section(decode(left.substring(at + SECTION.length())));
      left = left.substring(0, at);
    }
    return new ImapUrl(server, folder, uidValidity, number(left), section, partial);
  }

  private static BodySection section(String text) throws ImapSyntaxException {
    var tokens = new Tokens(text.getBytes(StandardCharsets.UTF_8));
    var section = FetchParser.section(tokens);
    if (!tokens.atEnd()) {
      throw malformed();
    }
    return section;
  }

  private static Partial partial(String range) throws ImapSyntaxException {
    int dot = range.indexOf('.');
    return dot < 0
        ? new Partial(offset(range), SequenceSet.MAX_NUMBER)
        : new Partial(offset(range.substring(0, dot)), number(range.substring(dot + 1)));
  }

  private static long offset(String digits) throws ImapSyntaxException {
    return digits.equals("0") ? 0 : number(digits);
  }

  private static long number(String digits) throws ImapSyntaxException {
    var tokens = new Tokens(digits.getBytes(StandardCharsets.UTF_8));
    long number = tokens.nonZeroNumber();
    if (!tokens.atEnd()) {
      throw malformed();
    }
    return number;
  }

  /** RFC 3986 §2.1. */
  private static String decode(String encoded) throws ImapSyntaxException {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    var octets = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c != '%') {
        octets.write(c);
        continue;
      }
      if (i + 2 >= encoded.length()
          || !HexFormat.isHexDigit(encoded.charAt(i + 1))
          || !HexFormat.isHexDigit(encoded.charAt(i + 2))) {
        throw malformed();
      }
      octets.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
      i += 2;
    }
    return Tokens.utf8(octets.toString(StandardCharsets.ISO_8859_1));
  }

  private static boolean startsWith(String text, String upperCase) {
    return text.regionMatches(true, 0, upperCase, 0, upperCase.length());
  }

  private static int indexOf(String text, String upperCase) {
    return text.toUpperCase(Locale.ROOT).indexOf(upperCase);
  }

  private static ImapSyntaxException malformed() {
    return new ImapSyntaxException("no URL of a message");
  }
}
