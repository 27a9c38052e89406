package dev.postroom.smtp.syntax;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.ReversePath;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads command lines (RFC 5321 §4.1.1). Pure: the same line always gives the same command. */
public final class SmtpParser {
  /** RFC 4954 §4: an AUTH line, and each line of its exchange, may be this long. */
  public static final int MAX_AUTH_OCTETS = 12288;

  /**
   * RFC 5321 §4.5.3.1.4: 512 octets, and what extensions add to MAIL: SIZE 26 (RFC 1870 §3), BODY
   * 17 (RFC 6152 §2), AUTH 500 (RFC 4954 §3), SMTPUTF8 10 (RFC 6531 §3.1), RET and ENVID 116 (RFC
   * 3461 §4), BY 17 (RFC 2852 §2), HOLDUNTIL 34 (RFC 4865 §3), MT-PRIORITY 15 (RFC 6710 §3),
   * REQUIRETLS 11 (RFC 8689 §2). RCPT has less: NOTIFY and ORCPT.
   */
  public static final int MAX_COMMAND_OCTETS = 512 + 26 + 17 + 500 + 10 + 116 + 17 + 34 + 15 + 11;

  /** RFC 5321 §4.5.3.1.2. */
  private static final int MAX_NAME = 255;

  /** What a domain or an address literal never has; a header could be misread because of it. */
  private static final Pattern NO_NAME_CHARACTER = Pattern.compile("[^A-Za-z0-9.:_\\[\\]-]");

  private static final Pattern CHUNK =
      Pattern.compile("(\\d{1,18})( +LAST)?", Pattern.CASE_INSENSITIVE);

  private static final int MAX_VERB_SHOWN = 20;
  static final EnhancedStatus SYNTAX = new EnhancedStatus(5, 5, 2);
  static final EnhancedStatus ARGUMENTS = new EnhancedStatus(5, 5, 4);
  private static final EnhancedStatus NOT_ASCII = new EnhancedStatus(5, 6, 7);
  private static final int NAME_NOT_ALLOWED = 553;
  private static final String SMTPUTF8 = "SMTPUTF8";
  private static final char UNREADABLE = '\ufffd'; // what was no UTF-8
  private static final EnhancedStatus BAD_SENDER = new EnhancedStatus(5, 1, 7);
  private static final EnhancedStatus BAD_RECIPIENT = new EnhancedStatus(5, 1, 3);

  private SmtpParser() {}

  /**
   * @param line without its line end
   */
  public static SmtpCommand parse(String line) {
    String text = line.stripTrailing();
    int end = text.indexOf(' ');
    String verb = (end < 0 ? text : text.substring(0, end)).toUpperCase(Locale.ROOT);
    String rest = end < 0 ? "" : text.substring(end + 1).strip();
    int limit = verb.equals("AUTH") ? MAX_AUTH_OCTETS : MAX_COMMAND_OCTETS;
    if (line.getBytes(StandardCharsets.UTF_8).length + 2 > limit) {
      return new SmtpCommand.TooLong(limit);
    }
    try {
      refuseControls(text);
      return command(verb, rest);
    } catch (MalformedCommandException malformed) {
      return malformed.command();
    }
  }

  private static void refuseControls(String text) throws MalformedCommandException {
    // RFC 5321 §4.1.2: no control characters; §2.3.8: a bare CR is not a line end
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new MalformedCommandException(SYNTAX, "a command has no control characters");
    }
  }

  private static SmtpCommand command(String verb, String rest) throws MalformedCommandException {
    return switch (verb) {
      case "EHLO" -> new SmtpCommand.Ehlo(clientName(verb, rest));
      case "HELO" -> new SmtpCommand.Helo(clientName(verb, rest));
      case "LHLO" -> new SmtpCommand.Lhlo(clientName(verb, rest));
      case "MAIL" -> mail(rest);
      case "RCPT" -> rcpt(rest);
      case "DATA" -> alone(new SmtpCommand.Data(), verb, rest);
      case "BDAT" -> bdat(rest);
      case "RSET" -> alone(new SmtpCommand.Rset(), verb, rest);
      case "QUIT" -> alone(new SmtpCommand.Quit(), verb, rest);
      case "STARTTLS" -> alone(new SmtpCommand.StartTls(), verb, rest); // RFC 3207 §4: 501
      case "NOOP" -> new SmtpCommand.Noop(); // RFC 5321 §4.1.1.9: its argument says nothing
      case "HELP" -> new SmtpCommand.Help(printable(rest));
      case "VRFY" -> new SmtpCommand.Vrfy(asked("VRFY needs a name or address", rest));
      case "EXPN" -> new SmtpCommand.Expn(asked("EXPN needs the name of a list", rest));
      case "AUTH" -> auth(rest);
      default -> new SmtpCommand.Unknown(shown(verb));
    };
  }

  private static SmtpCommand bdat(String rest) throws MalformedCommandException {
    var chunk = CHUNK.matcher(rest);
    if (!chunk.matches()) {
      // how many octets follow cannot be known: they will be taken for commands
      throw new MalformedCommandException(ARGUMENTS, "write BDAT 1000, or BDAT 1000 LAST");
    }
    return new SmtpCommand.Bdat(Long.parseLong(chunk.group(1)), chunk.group(2) != null);
  }

  private static SmtpCommand alone(SmtpCommand command, String verb, String rest)
      throws MalformedCommandException {
    if (!rest.isEmpty()) {
      throw new MalformedCommandException(ARGUMENTS, verb + " stands alone");
    }
    return command;
  }

  private static String required(String why, String rest) throws MalformedCommandException {
    if (rest.isEmpty()) {
      throw new MalformedCommandException(ARGUMENTS, why);
    }
    return printable(rest);
  }

  /** RFC 6531 §3.7.4.2: what VRFY and EXPN name may be in UTF-8 when SMTPUTF8 stands behind it. */
  private static String asked(String why, String rest) throws MalformedCommandException {
    int space = rest.lastIndexOf(' ');
    boolean utf8 = space > 0 && rest.substring(space + 1).equalsIgnoreCase(SMTPUTF8);
    if (hasMoreThanAscii(rest) && !utf8) {
      throw notAscii();
    }
    return required(why, utf8 ? rest.substring(0, space).stripTrailing() : rest);
  }

  /**
   * RFC 5321 §4.1.4: a server must not refuse a client for a name that it cannot verify, and many
   * clients give names that no grammar knows. So anything is taken, and made safe to print.
   */
  private static String clientName(String verb, String rest) throws MalformedCommandException {
    String name = required("say who you are: " + verb + " mail.example.org", rest);
    int end = name.indexOf(' ');
    String word = end < 0 ? name : name.substring(0, end);
    return shortened(NO_NAME_CHARACTER.matcher(word).replaceAll("?"), MAX_NAME);
  }

  private static SmtpCommand mail(String rest) throws MalformedCommandException {
    String usage = "write MAIL FROM:<ann@example.org>, or MAIL FROM:<> for none";
    var paths = new PathReader(afterKeyword("FROM:", rest, usage), BAD_SENDER, usage);
    boolean utf8 = hasMoreThanAscii(rest);
    ReversePath reversePath = paths.reversePath();
    var parameters = EsmtpParameters.read(paths.rest());
    if (utf8 && !parameters.containsKey(SMTPUTF8)) {
      throw notAscii();
    }
    return new SmtpCommand.Mail(reversePath, parameters);
  }

  private static SmtpCommand rcpt(String rest) throws MalformedCommandException {
    String usage = "write RCPT TO:<ben@example.org>";
    var paths = new PathReader(afterKeyword("TO:", rest, usage), BAD_RECIPIENT, usage);
    boolean utf8 = hasMoreThanAscii(rest);
    ForwardPath recipient = paths.forwardPath();
    return new SmtpCommand.Rcpt(recipient, EsmtpParameters.read(paths.rest()), utf8);
  }

  private static boolean hasMoreThanAscii(String text) throws MalformedCommandException {
    // RFC 6531 §3.3: what is beyond ASCII is UTF-8, and no control characters
    if (text.chars().anyMatch(c -> c == UNREADABLE || (c > '~' && c <= 0x9f))) {
      throw new MalformedCommandException(SYNTAX, "that is not UTF-8");
    }
    return text.chars().anyMatch(c -> c > '~');
  }

  private static MalformedCommandException notAscii() {
    // RFC 6531 §3.5
    return new MalformedCommandException(
        NAME_NOT_ALLOWED, NOT_ASCII, "an address beyond ASCII needs SMTPUTF8");
  }

  /** A space behind the colon is against RFC 5321 §3.3, but common and harmless. */
  private static String afterKeyword(String keyword, String rest, String usage)
      throws MalformedCommandException {
    if (!rest.regionMatches(true, 0, keyword, 0, keyword.length())) {
      throw new MalformedCommandException(ARGUMENTS, usage);
    }
    return rest.substring(keyword.length()).stripLeading();
  }

  private static SmtpCommand auth(String rest) throws MalformedCommandException {
    String[] words = required("AUTH needs a mechanism: AUTH PLAIN", rest).split(" +");
    if (words.length > 2) {
      throw new MalformedCommandException(
          ARGUMENTS, "AUTH takes a mechanism and at most one initial response");
    }
    @Nullable String initial = words.length == 2 ? words[1] : null;
    return new SmtpCommand.Auth(words[0].toUpperCase(Locale.ROOT), initial);
  }

  private static String shown(String verb) {
    return shortened(printable(verb), MAX_VERB_SHOWN);
  }

  private static String shortened(String text, int limit) {
    return text.length() > limit ? text.substring(0, limit) : text;
  }

  /** What is no printable ASCII becomes a question mark. */
  private static String printable(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
    return clean.toString();
  }
}
