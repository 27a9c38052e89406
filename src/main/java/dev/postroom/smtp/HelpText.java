package dev.postroom.smtp;

import dev.postroom.smtp.syntax.SmtpReply;
import java.util.Locale;
import java.util.Map;

/** What HELP says, for the person who sits there and types (RFC 5321 §4.1.1.8). */
final class HelpText {
  private static final Map<String, String> TOPICS =
      Map.ofEntries(
          Map.entry("EHLO", "EHLO mail.example.org: say who you are, hear what can be done here"),
          Map.entry("HELO", "HELO mail.example.org: say who you are"),
          Map.entry("MAIL", "MAIL FROM:<ann@example.org>: begin a message; MAIL FROM:<> for none"),
          Map.entry("RCPT", "RCPT TO:<ben@example.org>: name a recipient, again for each"),
          Map.entry("DATA", "DATA: then the message, then a line with nothing but a dot"),
          Map.entry("BDAT", "BDAT 1000: then so many octets of the message; the last with LAST"),
          Map.entry("RSET", "RSET: forget the message begun"),
          Map.entry("NOOP", "NOOP: do nothing"),
          Map.entry("VRFY", "VRFY: nothing is said about who has a mailbox here"),
          Map.entry("QUIT", "QUIT: say goodbye"),
          Map.entry("STARTTLS", "STARTTLS: go on encrypted"),
          Map.entry("AUTH", "AUTH mechanism: log in, once the connection is encrypted"));

  private HelpText() {}

  static SmtpReply about(String topic, Service service) {
    if (topic.isEmpty()) {
      return SmtpReply.of(
          214,
          "2.0.0",
          "Commands: EHLO HELO MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT STARTTLS"
              + (service.forUsers() ? " AUTH" : ""),
          "A message by hand: EHLO, MAIL, RCPT, DATA, QUIT; HELP MAIL says more about MAIL");
    }
    String text = TOPICS.get(topic.toUpperCase(Locale.ROOT));
    return text == null
        ? SmtpReply.of(504, "5.5.4", "there is no help about " + topic)
        : SmtpReply.of(214, "2.0.0", text);
  }
}
