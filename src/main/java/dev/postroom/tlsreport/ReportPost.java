package dev.postroom.tlsreport;

import dev.postroom.dns.Answer;
import dev.postroom.dns.Resolver;
import dev.postroom.tls.Authorities;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes a report to where a domain wants it over HTTPS (RFC 8460 §5.4). */
@ApplicationScoped
class ReportPost {
  private static final int PORT = 443;
  private static final int PATIENCE_SECONDS = 30;

  private final Resolver resolver;
  private final HttpClient client;

  ReportPost(Vertx vertx, Resolver resolver, Authorities authorities) {
    this.resolver = resolver;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setVerifyHost(true)
                .setTrustOptions(TrustOptions.wrap(authorities.trustManager()))
                .setConnectTimeout(PATIENCE_SECONDS * 1000)
                .setKeepAlive(false));
  }

  void post(URI url, SentReport report) throws IOException {
    var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    int port = url.getPort() < 0 ? PORT : url.getPort();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, address(url.getHost())))
            .setHost(url.getHost())
            .setPort(port)
            .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
            .putHeader("Content-Type", "application/tlsrpt+gzip");
    var status =
        client
            .request(options)
            .compose(request -> request.send(Buffer.buffer(report.compressed())))
            .map(HttpClientResponse::statusCode)
            .toCompletionStage()
            .toCompletableFuture();
    try {
      int code = status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (code / 100 != 2) {
        throw new IOException(url + " answers " + code);
      }
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException(url + " does not take it: " + failed, failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("this server is shutting down", stopping);
    }
  }

  private String address(String host) throws IOException {
    if (resolver.addresses(host) instanceof Answer.Found<InetAddress>(var addresses, _)) {
      return addresses.getFirst().getHostAddress();
    }
    throw new IOException(host + " has no address");
  }
}
