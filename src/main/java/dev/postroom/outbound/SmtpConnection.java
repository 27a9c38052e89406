package dev.postroom.outbound;

import dev.postroom.net.Wire;
import dev.postroom.smtp.syntax.InvalidReplyException;
import dev.postroom.smtp.syntax.SmtpReply;
import dev.postroom.smtp.syntax.SmtpReplyParser;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection to one host, greeted and ready for transactions. One thread at a time uses it; the
 * pool hands it from one to the next.
 */
final class SmtpConnection {
  /** RFC 5321 §4.5.3.1.5 allows 512 octets; more is borne, within reason. */
  private static final int MAX_REPLY_LINE = 4096;

  private static final Duration GOODBYE = Duration.ofSeconds(5);
  private static final String QUIT = "QUIT";
  private static final String UNVERIFIED = "unverified";
  private static final String VERIFIED = "verified by ";

  private final RemoteHost host;
  private final Wire wire;
  private Extensions extensions = Extensions.NONE;
  private String verifiedBy = "";
  private Optional<TlsFault> tlsFault = Optional.empty();
  private int transactions;
  private boolean broken;

  SmtpConnection(RemoteHost host, Wire wire) {
    this.host = host;
    this.wire = wire;
  }

  RemoteHost host() {
    return host;
  }

  Wire wire() {
    return wire;
  }

  Extensions extensions() {
    return extensions;
  }

  void extensions(Extensions offered) {
    extensions = offered;
  }

  /** {@code none}, or the TLS version and cipher and who answers for the server's name. */
  String security() {
    return wire.isSecure()
        ? wire.tlsDescription() + ", " + (verifiedBy.isEmpty() ? UNVERIFIED : VERIFIED + verifiedBy)
        : "none";
  }

  /** True when somebody answers for the server's name. */
  boolean isVerified() {
    return !verifiedBy.isEmpty();
  }

  void verifiedBy(String authority) {
    verifiedBy = authority;
  }

  /** What was wrong with its security, though not so that it must not be used. */
  Optional<TlsFault> tlsFault() {
    return tlsFault;
  }

  void tlsFault(Optional<TlsFault> fault) {
    tlsFault = fault;
  }

  /** Transactions so far: none on a fresh connection. */
  int transactions() {
    return transactions;
  }

  void countTransaction() {
    transactions++;
  }

  /** What was said before cannot be relied upon: no more transactions. */
  void breakOff() {
    broken = true;
  }

  boolean isBroken() {
    return broken;
  }

  void write(String line) throws IOException {
    wire.write(line + "\r\n");
  }

  SmtpReply ask(String line, Duration timeout) throws IOException {
    write(line);
    return reply(timeout);
  }

  /** Reads one whole reply. After a 421 (RFC 5321 §3.8) the connection is not used again. */
  SmtpReply reply(Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    var parser = new SmtpReplyParser();
    try {
      do {
        long left = Math.max(1_000_000, deadline - System.nanoTime());
        wire.idleTimeout(Duration.ofNanos(left));
      } while (!parser.add(wire.readLine(MAX_REPLY_LINE).text()));
      var reply = parser.reply();
      broken |= reply.code() == 421;
      return reply;
    } catch (InvalidReplyException nonsense) {
      broken = true;
      throw new IOException(nonsense.getMessage(), nonsense);
    } catch (IOException failed) {
      broken = true;
      throw failed;
    }
  }

  /** RFC 5321 §4.1.1.10: takes leave, waiting a little for the answer. */
  void quit() {
    try (wire) {
      if (!broken) {
        ask(QUIT, GOODBYE);
      }
    } catch (IOException gone) {
      // as it should be
    }
  }

  /** Hangs up at once: in the middle of a message, where a QUIT would be part of it. */
  void hangUp() {
    broken = true;
    wire.close();
  }
}
