package dev.postroom.tlsreport;

import dev.postroom.dns.Answer;
import dev.postroom.dns.Resolver;
import dev.postroom.net.HttpsClient;
import dev.postroom.tls.Authorities;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;

/** Takes a report to where a domain wants it over HTTPS (RFC 8460 §5.4). */
@ApplicationScoped
class ReportPost {
  private static final int PORT = 443;

  private final Resolver resolver;
  private final TlsReportConfig config;
  private final HttpsClient client;

  ReportPost(Vertx vertx, Resolver resolver, Authorities authorities, TlsReportConfig config) {
    this.resolver = resolver;
    this.config = config;
    this.client = new HttpsClient(vertx, authorities.trustManager(), config.timeout());
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
    int code = status(url, options, Buffer.buffer(report.compressed()));
    if (code / 100 != 2) {
      throw new IOException(url + " answers " + code);
    }
  }

  private int status(URI url, RequestOptions options, Buffer report) throws IOException {
    try {
      return client.<Integer>ask(
          options,
          report,
          config.timeout(),
          (response, status) -> status.complete(response.statusCode()));
    } catch (IOException failed) {
      throw new IOException(url + " does not take it: " + failed.getMessage(), failed);
    }
  }

  private String address(String host) throws IOException {
    if (resolver.addresses(host) instanceof Answer.Found<InetAddress>(var addresses, _)) {
      return addresses.getFirst().getHostAddress();
    }
    throw new IOException(host + " has no address");
  }
}
