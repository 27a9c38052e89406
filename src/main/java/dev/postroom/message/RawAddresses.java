package dev.postroom.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an address list (RFC 5322 §3.4) and keeps what it says undecoded, as ENVELOPE wants it.
 * Takes anything: what is no address becomes an entry as near to it as can be.
 */
final class RawAddresses {
  private final String text;
  private final int limit;
  private int at;
  private final List<EnvelopeAddress> found = new ArrayList<>();

  private StringBuilder phrase = new StringBuilder();
  private @Nullable String comment;
  private @Nullable EnvelopeAddress inAngles;
  private boolean inGroup;

  /**
   * @param limit how many entries are read, the ends of groups included
   */
  RawAddresses(String text, int limit) {
    this.text = text;
    this.limit = limit;
  }

  List<EnvelopeAddress> parse() {
    while (at < text.length() && found.size() < limit) {
      char c = text.charAt(at);
      switch (c) {
        case '"' -> phrase.append(quoted());
        case '(' -> comment = comment();
        case '<' -> {
          if (inAngles != null) {
            take(); // a comma is missing: no address is passed over
          }
          inAngles = angleAddress();
        }
        case '[' -> phrase.append(literal());
        case ',' -> endAddress();
        case ':' -> beginGroup();
        case ';' -> endGroup();
        default -> word(c);
      }
    }
    if (found.size() < limit) {
      endAddress();
    }
    if (inGroup) {
      close();
    }
    return found;
  }

  /** Ends the group, in the place of the last entry where there is no more room. */
  private void close() {
    if (found.size() >= limit) {
      var last = found.removeLast();
      if (last.host() == null && last.mailbox() != null) {
        return; // the group itself
      }
    }
    found.add(EnvelopeAddress.GROUP_END);
  }

  private void word(char c) {
    phrase.append(c == '\t' ? ' ' : c);
    at++;
  }

  private void endAddress() {
    at++;
    take();
  }

  private void take() {
    var words = phrase.toString().strip().replaceAll(" {2,}", " ");
    var angles = inAngles;
    if (angles != null) {
      var name = words.isEmpty() ? comment : words;
      found.add(new EnvelopeAddress(name, angles.route(), angles.mailbox(), angles.host()));
    } else if (!words.isEmpty()) {
      found.add(plain(comment, null, words));
    }
    startOver();
  }

  private void startOver() {
    phrase = new StringBuilder();
    comment = null;
    inAngles = null;
  }

  private void beginGroup() {
    at++;
    if (inGroup || inAngles != null) {
      phrase.append(':'); // no group can stand here
      return;
    }
    found.add(EnvelopeAddress.groupStart(phrase.toString().strip()));
    inGroup = true;
    startOver();
  }

  private void endGroup() {
    endAddress();
    if (inGroup) {
      found.add(EnvelopeAddress.GROUP_END);
      inGroup = false;
    }
  }

  /** The content of a quoted string, its quoting removed; an unclosed one goes to the end. */
  private String quoted() {
    var content = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      content.append(text.charAt(at++));
    }
    at++;
    return content.toString();
  }

  /** The content of a comment, inner comments included. */
  private String comment() {
    var content = new StringBuilder();
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        content.append(text.charAt(at++));
        continue;
      }
      if (c == ')' && --depth == 0) {
        break;
      }
      if (c != '(' || depth++ > 0) {
        content.append(c);
      }
    }
    return content.toString().strip();
  }

  /** A domain literal, brackets included. */
  private String literal() {
    int close = text.indexOf(']', at);
    int end = close < 0 ? text.length() : close + 1;
    var whole = text.substring(at, end);
    at = end;
    return whole;
  }

  private EnvelopeAddress angleAddress() {
    at++;
    var content = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '>') {
      switch (text.charAt(at)) {
        case '"' -> content.append(quoted());
        case '(' -> comment();
        case '[' -> content.append(literal());
        default -> content.append(text.charAt(at++));
      }
    }
    at++;
    var spec = content.toString().strip();
    // RFC 5322 §4.4: <@host,@host:local@domain>
    int colon = spec.startsWith("@") ? spec.indexOf(':') : -1;
    return colon < 0
        ? plain(null, null, spec)
        : plain(null, spec.substring(0, colon), spec.substring(colon + 1));
  }

  private static EnvelopeAddress plain(@Nullable String name, @Nullable String route, String spec) {
    int sign = spec.lastIndexOf('@');
    // A null host would be read as a group (RFC 3501 §7.4.2): an address always has one.
    return sign < 0
        ? new EnvelopeAddress(name, route, spec, "")
        : new EnvelopeAddress(
            name, route, spec.substring(0, sign).strip(), spec.substring(sign + 1).strip());
  }
}
