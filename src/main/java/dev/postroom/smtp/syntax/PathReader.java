package dev.postroom.smtp.syntax;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads one path in angle brackets (RFC 5321 §4.1.2) off the front of a text. */
final class PathReader {
  private static final int MAX_PATH = 256; // RFC 5321 §4.5.3.1.3, brackets included
  private static final Pattern ROUTE =
      Pattern.compile("@[^@,:\\[\\]\"\\s]+(?:,@[^@,:\\[\\]\"\\s]+)*:(.+)");

  private final String text;
  private final EnhancedStatus badAddress;
  private final String usage;
  private int end;

  /**
   * @param badAddress what to answer when the path is no address
   * @param usage what to write instead
   */
  PathReader(String text, EnhancedStatus badAddress, String usage) {
    this.text = text;
    this.badAddress = badAddress;
    this.usage = usage;
  }

  ReversePath reversePath() throws MalformedCommandException {
    String path = path();
    return path.isEmpty() ? ReversePath.NULL : ReversePath.of(mailbox(path));
  }

  ForwardPath forwardPath() throws MalformedCommandException {
    String path = path();
    return path.equalsIgnoreCase("postmaster") // RFC 5321 §4.1.1.3
        ? new ForwardPath.Postmaster()
        : new ForwardPath.To(mailbox(path));
  }

  /** What stands behind the path. */
  String rest() {
    return text.substring(end).strip();
  }

  /** Finds the closing bracket outside of quotes; gives what is inside. */
  private String path() throws MalformedCommandException {
    if (!text.startsWith("<")) {
      throw malformed(usage);
    }
    int close = closingBracket();
    if (close < 0) {
      throw malformed("the closing > is missing");
    }
    end = close + 1;
    if (end < text.length() && text.charAt(end) != ' ') {
      throw malformed("a space must follow the closing >");
    }
    if (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
      throw malformed("an address has at most " + (MAX_PATH - 2) + " octets");
    }
    return text.substring(1, close);
  }

  private int closingBracket() {
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> quoted = !quoted;
        case '\\' -> i += quoted ? 1 : 0;
        case '>' -> {
          if (!quoted) {
            return i;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  private MailAddress mailbox(String path) throws MalformedCommandException {
    var route = ROUTE.matcher(path);
    // RFC 5321 §4.1.1.3, appendix C: source routes are accepted and ignored
    String address = route.matches() ? route.group(1) : path;
    try {
      var parsed = MailAddress.parse(address);
      if (parsed.domain().isAddressLiteral() && !AddressLiteral.isValid(parsed.domain().ascii())) {
        throw malformed("'" + parsed.domain() + "' is not an address literal");
      }
      return parsed;
    } catch (InvalidAddressException invalid) {
      throw malformed(String.valueOf(invalid.getMessage()));
    }
  }

  private MalformedCommandException malformed(String why) {
    return new MalformedCommandException(badAddress, why);
  }
}
