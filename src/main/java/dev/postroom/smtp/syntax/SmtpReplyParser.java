package dev.postroom.smtp.syntax;

import dev.postroom.mail.EnhancedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a server's reply together from its lines, the way a client reads it (RFC 5321 §4.2.1): add
 * lines until it is complete.
 */
public final class SmtpReplyParser {
  /** More lines than any honest server sends. */
  public static final int MAX_LINES = 200;

  private static final Pattern LINE =
      Pattern.compile("([2-5]\\d\\d)(?:([ -])(.*))?", Pattern.DOTALL);

  private final List<String> texts = new ArrayList<>();
  private int code;
  private @Nullable EnhancedStatus status;
  private boolean complete;

  /** The reply that consists of these lines, without line ends. */
  public static SmtpReply parse(List<String> lines) throws InvalidReplyException {
    var parser = new SmtpReplyParser();
    for (String line : lines) {
      parser.add(line);
    }
    return parser.reply();
  }

  /**
   * Takes the next line, without its line end.
   *
   * @return true when it was the last one
   */
  public boolean add(String line) throws InvalidReplyException {
    var m = LINE.matcher(line);
    if (complete || !m.matches()) {
      throw new InvalidReplyException("not an SMTP reply: " + line);
    }
    int lineCode = Integer.parseInt(m.group(1));
    if (!texts.isEmpty() && lineCode != code) {
      // RFC 5321 §4.2.1: the code is the same on every line
      throw new InvalidReplyException("reply code changes from " + code + " to " + lineCode);
    }
    if (texts.size() == MAX_LINES) {
      throw new InvalidReplyException("a reply of more than " + MAX_LINES + " lines");
    }
    code = lineCode;
    texts.add(withoutStatus(m.group(3) == null ? "" : m.group(3)));
    complete = !"-".equals(m.group(2));
    return complete;
  }

  /** The first line decides whether there is a status; RFC 2034 §4 repeats it on the others. */
  private String withoutStatus(String text) {
    int end = text.indexOf(' ');
    var found = EnhancedStatus.parse(end < 0 ? text : text.substring(0, end));
    if (found.isEmpty() || found.get().category() != code / 100) {
      return text;
    }
    if (texts.isEmpty()) {
      status = found.get();
    }
    return found.get().equals(status) ? text.substring(end < 0 ? text.length() : end + 1) : text;
  }

  public boolean isComplete() {
    return complete;
  }

  /**
   * @throws InvalidReplyException when lines are missing
   */
  public SmtpReply reply() throws InvalidReplyException {
    if (!complete) {
      throw new InvalidReplyException("the reply has no last line");
    }
    return new SmtpReply(code, status, texts);
  }
}
