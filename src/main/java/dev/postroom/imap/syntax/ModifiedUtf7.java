package dev.postroom.imap.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Names of folders on the wire (RFC 3501 §5.1.3). */
public final class ModifiedUtf7 {
  private ModifiedUtf7() {}

  public static String encode(String name) {
    var encoded = new StringBuilder(name.length());
    int at = 0;
    while (at < name.length()) {
      char c = name.charAt(at);
      if (c == '&') {
        encoded.append("&-");
        at++;
      } else if (isPlain(c)) {
        encoded.append(c);
        at++;
      } else {
        int end = at;
        while (end < name.length() && !isPlain(name.charAt(end))) {
          end++;
        }
        encoded.append('&').append(base64(name.substring(at, end))).append('-');
        at = end;
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c <= '~';
  }

  private static String base64(String run) {
    var octets = run.getBytes(StandardCharsets.UTF_16BE);
    return Base64.getEncoder().withoutPadding().encodeToString(octets).replace('/', ',');
  }

  /**
   * @throws ImapSyntaxException when it is not the one encoding that a name has
   */
  public static String decode(String encoded) throws ImapSyntaxException {
    if (encoded.indexOf('&') < 0 && encoded.chars().allMatch(c -> isPlain((char) c))) {
      return encoded;
    }
    var name = new StringBuilder(encoded.length());
    int at = 0;
    while (at < encoded.length()) {
      char c = encoded.charAt(at++);
      if (c != '&') {
        name.append(c);
        continue;
      }
      int end = encoded.indexOf('-', at);
      if (end < 0) {
        throw malformed();
      }
      name.append(end == at ? "&" : utf16(encoded.substring(at, end)));
      at = end + 1;
    }
    // RFC 3501 §5.1.3: no other way to write the same name, so that equal names look equal
    if (!encode(name.toString()).equals(encoded)) {
      throw malformed();
    }
    return name.toString();
  }

  private static String utf16(String base64) throws ImapSyntaxException {
    try {
      var octets = Base64.getDecoder().decode(base64.replace(',', '/'));
      return new String(octets, StandardCharsets.UTF_16BE);
    } catch (IllegalArgumentException notBase64) {
      throw malformed();
    }
  }

  private static ImapSyntaxException malformed() {
    return new ImapSyntaxException("the folder's name is not in modified UTF-7");
  }
}
