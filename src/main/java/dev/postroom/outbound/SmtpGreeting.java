package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.smtp.syntax.SmtpReply;
import dev.postroom.tls.TlsContexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The beginning of a conversation: greeting, EHLO, STARTTLS, and a login at the relay host. */
final class SmtpGreeting {
  private static final SSLContext ANY_CERTIFICATE = TlsContexts.opportunistic();
  private static final SSLContext VALID_CERTIFICATE = TlsContexts.verifying();
  private static final EnhancedStatus NO_SERVICE = new EnhancedStatus(4, 3, 2);
  private static final EnhancedStatus NO_SECURITY = new EnhancedStatus(4, 7, 5);
  private static final EnhancedStatus NO_LOGIN = new EnhancedStatus(4, 7, 8);

  private final SmtpConnection connection;
  private final String ownName;
  private final Duration timeout;

  SmtpGreeting(SmtpConnection connection, String ownName, Duration timeout) {
    this.connection = connection;
    this.ownName = ownName;
    this.timeout = timeout;
  }

  /**
   * @param login for the relay host, or empty
   * @throws TlsFailedException when the handshake failed: the connection is of no further use
   */
  void hold(TlsMode tls, Optional<Login> login) throws IOException {
    var greeting = connection.reply(timeout);
    if (greeting.code() != 220) {
      // RFC 5321 §3.1: 554 instead of a greeting. Another host of the domain may be less reserved.
      throw unavailable(NO_SERVICE, "greets with", greeting);
    }
    hello();
    secure(tls);
    if (login.isPresent()) {
      logIn(login.get());
    }
  }

  private void hello() throws IOException {
    var ehlo = connection.ask("EHLO " + ownName, timeout);
    if (ehlo.code() == 250) {
      connection.extensions(Extensions.read(ehlo));
      return;
    }
    if (!ehlo.isPermanentFailure()) {
      throw unavailable(NO_SERVICE, "answers EHLO with", ehlo);
    }
    // RFC 5321 §3.2: a server of old
    var helo = connection.ask("HELO " + ownName, timeout);
    if (helo.code() != 250) {
      throw unavailable(NO_SERVICE, "answers HELO with", helo);
    }
    connection.extensions(Extensions.NONE);
  }

  private void secure(TlsMode tls) throws IOException {
    if (tls == TlsMode.NEVER) {
      return;
    }
    if (!connection.extensions().startTls()) {
      mayStayPlain(tls, connection.host() + " does not offer STARTTLS");
      return;
    }
    var ready = connection.ask("STARTTLS", timeout);
    if (ready.code() != 220) {
      mayStayPlain(tls, connection.host() + " answers STARTTLS with " + ready);
      return;
    }
    handshake(tls == TlsMode.VERIFIED);
    hello(); // RFC 3207 §4.2: what was offered before the handshake does not count
  }

  private static void mayStayPlain(TlsMode tls, String why) throws HostUnavailableException {
    if (!tls.mayBePlain()) {
      throw new HostUnavailableException(NO_SECURITY, why + ", and this server insists on TLS");
    }
  }

  private void handshake(boolean verified) throws TlsFailedException {
    var context = verified ? VALID_CERTIFICATE : ANY_CERTIFICATE;
    try {
      connection.wire().startTlsAsClient(context, connection.host().name(), verified);
    } catch (IOException failed) {
      connection.hangUp();
      throw new TlsFailedException(
          "TLS handshake with " + connection.host() + " failed: " + failed.getMessage(), failed);
    }
  }

  private void logIn(Login login) throws IOException {
    if (!connection.wire().isSecure()
        && !connection.host().address().getAddress().isLoopbackAddress()) {
      throw new HostUnavailableException(
          NO_LOGIN, "the password for the relay host is not sent in plain text");
    }
    SmtpReply reply;
    if (connection.extensions().auth("PLAIN")) {
      reply =
          connection.ask(
              "AUTH PLAIN " + base64("\0" + login.user() + "\0" + login.password()), timeout);
    } else if (connection.extensions().auth("LOGIN")) {
      reply = authLogin(login);
    } else {
      throw new HostUnavailableException(
          NO_LOGIN, connection.host() + " offers neither AUTH PLAIN nor AUTH LOGIN");
    }
    if (reply.code() != 235) {
      throw unavailable(NO_LOGIN, "answers the login with", reply);
    }
  }

  private SmtpReply authLogin(Login login) throws IOException {
    var reply = connection.ask("AUTH LOGIN", timeout);
    if (reply.code() == 334) {
      reply = connection.ask(base64(login.user()), timeout);
    }
    return reply.code() == 334 ? connection.ask(base64(login.password()), timeout) : reply;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private HostUnavailableException unavailable(
      EnhancedStatus status, String what, SmtpReply reply) {
    var own = reply.status();
    return new HostUnavailableException(
        own != null && own.category() == 4 ? own : status,
        connection.host() + " " + what + " " + reply);
  }
}
