package dev.postroom.sts;

import dev.postroom.dns.Answer;
import dev.postroom.dns.Resolver;
import dev.postroom.net.HttpsClient;
import dev.postroom.sts.StsAnswer.Reason;
import dev.postroom.tls.Authorities;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/**
 * Fetches a policy over HTTPS (RFC 8461 §3.3). The caller waits, on a virtual thread. The name is
 * looked up by our own resolver, the certificate must be valid for it, and redirects are not
 * followed.
 */
@ApplicationScoped
class StsFetcher {
  /** Why there is no policy. */
  static final class FailedException extends Exception {
    private final Reason reason;
    private final String why;

    FailedException(Reason reason, String why) {
      super(why);
      this.reason = reason;
      this.why = why;
    }

    String why() {
      return why;
    }

    Reason reason() {
      return reason;
    }
  }

  private static final String PREFIX = "mta-sts.";
  private static final String PATH = "/.well-known/mta-sts.txt";
  private static final int MAX_ADDRESSES = 4;

  private final Resolver resolver;
  private final StsConfig config;
  private final HttpsClient client;

  StsFetcher(Vertx vertx, Resolver resolver, Authorities authorities, StsConfig config) {
    this.resolver = resolver;
    this.config = config;
    this.client = new HttpsClient(vertx, authorities.trustManager(), config.timeout());
  }

  StsPolicy fetch(String domain) throws FailedException {
    long deadline = System.nanoTime() + config.timeout().toNanos();
    var host = PREFIX + domain;
    var last = new FailedException(Reason.FETCH_ERROR, host + " has no address");
    for (var address : addresses(host)) {
      try {
        return StsPolicy.parse(get(host, address, Duration.ofNanos(deadline - System.nanoTime())));
      } catch (InvalidPolicyException invalid) {
        throw new FailedException(
            Reason.INVALID, "the policy of " + domain + " is not valid: " + invalid.getMessage());
      } catch (SSLException untrusted) {
        throw new FailedException(
            Reason.WEBPKI_INVALID, "https://" + host + ": " + untrusted.getMessage());
      } catch (IOException unreachable) {
        last =
            new FailedException(
                Reason.FETCH_ERROR, "https://" + host + ": " + unreachable.getMessage());
      }
    }
    throw last;
  }

  private List<InetAddress> addresses(String host) {
    return resolver.addresses(host) instanceof Answer.Found<InetAddress>(var addresses, _)
        ? addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))
        : List.of();
  }

  private String get(String host, InetAddress address, Duration patience) throws IOException {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(SocketAddress.inetSocketAddress(config.port(), address.getHostAddress()))
            .setHost(host)
            .setPort(config.port())
            .setURI(PATH)
            .setFollowRedirects(false);
    return client.ask(options, Buffer.buffer(), patience, this::read);
  }

  /** On the event loop. */
  private void read(HttpClientResponse response, CompletableFuture<String> body) {
    if (response.statusCode() != 200) {
      // RFC 8461 §3.3: redirects are not followed
      body.completeExceptionally(new IOException("answers " + response.statusCode()));
      return;
    }
    var type = response.getHeader("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).matches("text/plain *(;.*)?")) {
      // RFC 8461 §3.2: so that what users upload is not taken for a policy
      body.completeExceptionally(new IOException("its answer is not text/plain"));
      return;
    }
    var octets = Buffer.buffer();
    response.handler(
        part -> {
          if (octets.length() + part.length() > config.maxPolicy().asLongValue()) {
            body.completeExceptionally(
                new IOException("the policy is longer than " + config.maxPolicy() + " octets"));
          } else {
            octets.appendBuffer(part);
          }
        });
    response.endHandler(_ -> body.complete(octets.toString(StandardCharsets.UTF_8)));
  }
}
