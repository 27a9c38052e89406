package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.smtp.syntax.SmtpReply;
import dev.postroom.tls.Authorities;
import dev.postroom.tls.ChainVerdict;
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
  private static final EnhancedStatus NO_SERVICE = new EnhancedStatus(4, 3, 2);
  private static final EnhancedStatus NO_LOGIN = new EnhancedStatus(4, 7, 8);

  private final SmtpConnection connection;
  private final String ownName;
  private final Duration timeout;
  private final Authorities authorities;

  SmtpGreeting(
      SmtpConnection connection, String ownName, Duration timeout, Authorities authorities) {
    this.connection = connection;
    this.ownName = ownName;
    this.timeout = timeout;
    this.authorities = authorities;
  }

  /**
   * @param login for the relay host, or empty
   * @throws TlsFailedException when there is no TLS, or not such as {@code tls} and the host's
   *     demand want it: the connection is of no further use
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
      stayPlain(tls, connection.host() + " does not offer STARTTLS");
      return;
    }
    var ready = connection.ask("STARTTLS", timeout);
    if (ready.code() != 220) {
      stayPlain(tls, connection.host() + " answers STARTTLS with " + ready);
      return;
    }
    handshake();
    verify(tls);
    hello(); // RFC 3207 §4.2: what was offered before the handshake does not count
  }

  private void stayPlain(TlsMode tls, String why) throws TlsFailedException {
    var fault = new TlsFault(TlsFault.Type.STARTTLS_NOT_SUPPORTED, why + demanded());
    if (!tls.mayBePlain()) {
      throw new TlsFailedException(fault, null);
    }
    connection.tlsFault(Optional.of(fault));
  }

  private String demanded() {
    return switch (connection.host().demand()) {
      case TlsDemand.Dane _ -> ", and its TLSA records demand TLS (DANE)";
      case TlsDemand.Authority(var enforced, var by) when enforced -> ", and " + by + " demands it";
      case TlsDemand.Authority _, TlsDemand.AsConfigured _, TlsDemand.Never _ ->
          ", and this server insists on TLS";
    };
  }

  private void handshake() throws TlsFailedException {
    try {
      connection.wire().startTlsAsClient(ANY_CERTIFICATE, serverName(), false);
    } catch (IOException failed) {
      connection.hangUp();
      throw new TlsFailedException(
          new TlsFault(
              TlsFault.Type.VALIDATION_FAILURE,
              "TLS handshake with " + connection.host() + " failed: " + failed.getMessage()),
          failed);
    }
  }

  /** RFC 7672 §8.1: SNI has the name at which the TLSA records are. */
  private String serverName() {
    return connection.host().demand() instanceof TlsDemand.Dane dane
        ? dane.baseName()
        : connection.host().name();
  }

  /**
   * The certificates are looked at after the handshake and before anything is said over it, so that
   * what is not enforced is known too.
   */
  private void verify(TlsMode tls) throws TlsFailedException {
    var fault =
        switch (connection.host().demand()) {
          case TlsDemand.Dane dane -> daneFault(dane);
          case TlsDemand.Authority(_, var by) -> authorityFault(by);
          case TlsDemand.AsConfigured _, TlsDemand.Never _ ->
              tls == TlsMode.VERIFIED ? authorityFault("an authority") : Optional.<TlsFault>empty();
        };
    if (fault.isPresent() && tls == TlsMode.VERIFIED) {
      connection.hangUp();
      throw new TlsFailedException(fault.get(), null);
    }
    connection.tlsFault(fault);
  }

  private Optional<TlsFault> daneFault(TlsDemand.Dane dane) {
    if (dane.records().isEmpty()) {
      return Optional.empty(); // RFC 7672 §2.2: none can be used, so TLS with anybody
    }
    var fault = DaneMatch.fault(dane, connection.wire().serverCertificates());
    if (fault.isEmpty()) {
      connection.verifiedBy("DANE");
    }
    return fault.map(this::ofHost);
  }

  private Optional<TlsFault> authorityFault(String by) {
    var verdict =
        authorities.verdict(connection.wire().serverCertificates(), connection.host().name());
    if (verdict instanceof ChainVerdict.Valid) {
      connection.verifiedBy(by);
    }
    return TlsFault.of(verdict).map(this::ofHost);
  }

  private TlsFault ofHost(TlsFault fault) {
    return new TlsFault(fault.type(), connection.host() + ": " + fault.why());
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
