package dev.postroom.smtp;

import dev.postroom.net.Wire;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The lines that a message gets on top when it arrives (RFC 5321 §4.4). */
final class ReceivedFields {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private ReceivedFields() {}

  /** Return-Path, then Received, each with its CRLF. */
  static String of(Transaction mail, Hello hello, Wire wire, String hostname, Instant now) {
    var text = new StringBuilder("Return-Path: ").append(mail.reversePath()).append("\r\n");
    text.append("Received: from ").append(hello.name());
    text.append(" (").append(literal(wire.remote().getAddress())).append(")\r\n");
    text.append("\tby ").append(hostname).append(" with ");
    boolean utf8 = mail.options().smtpUtf8();
    text.append(hello.protocol(utf8, wire.isSecure(), mail.sender() != null));
    text.append(" id ").append(mail.trace()).append("\r\n");
    if (wire.isSecure()) {
      text.append("\t(using ").append(wire.tlsDescription()).append(")\r\n");
    }
    // RFC 5321 §7.6: naming one of several recipients would tell it to the others
    if (mail.recipients().size() == 1) {
      text.append("\tfor <").append(mail.recipients().getFirst().recipient()).append(">");
    } else {
      text.append("\t");
    }
    return text.append("; ")
        .append(DATE.format(now.atOffset(ZoneOffset.UTC)))
        .append("\r\n")
        .toString();
  }

  /** RFC 5321 §4.1.3. */
  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return address instanceof Inet6Address
        ? "[IPv6:" + (zone < 0 ? text : text.substring(0, zone)) + "]"
        : "[" + text + "]";
  }
}
