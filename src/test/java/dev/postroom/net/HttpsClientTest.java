package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.CoyHttps;
import dev.postroom.testing.Settings;
import dev.postroom.testing.TestCertificates;
import dev.postroom.tls.Authorities;
import dev.postroom.tls.PemCertificates;
import dev.postroom.tls.TlsConfig;
import dev.postroom.tls.TlsContexts;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server does, nothing of it stays open. */
class HttpsClientTest {
  private static final Duration PATIENCE = Duration.ofMillis(1500);
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private SSLContext tls;
  private Authorities authorities;

  @BeforeEach
  void start() throws IOException {
    var certificates = new TestCertificates(folder);
    var pair = certificates.issue("coy", "coy.example");
    var settings =
        Map.of(
            "postroom.tls.certificates[0].chain", pair.chain().toString(),
            "postroom.tls.certificates[0].key", pair.key().toString(),
            "postroom.tls.authorities", certificates.authorityFile().toString());
    var config = Settings.of(TlsConfig.class, settings);
    tls = TlsContexts.server(new PemCertificates(config));
    authorities = new Authorities(config);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private String ask(
      CoyHttps host,
      Duration silence,
      Duration patience,
      BiConsumer<HttpClientResponse, CompletableFuture<String>> reader)
      throws IOException {
    var client = new HttpsClient(vertx, authorities.trustManager(), silence);
    var options =
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(host.port(), "127.0.0.1"))
            .setHost("coy.example")
            .setPort(host.port())
            .setURI("/");
    return client.ask(options, Buffer.buffer("hello"), patience, reader);
  }

  /** As one who waits for the whole answer. */
  private static void whole(HttpClientResponse response, CompletableFuture<String> answer) {
    response.body().onSuccess(body -> answer.complete(body.toString()));
  }

  private static void isLeft(CoyHttps host) {
    assertThat(host.accepted()).isEqualTo(1);
    Awaitility.await().until(() -> host.open() == 0);
  }

  @Test
  void whoNeverShakesHandsIsLeft() throws IOException {
    try (var host = CoyHttps.mute()) {
      assertThatThrownBy(() -> ask(host, PATIENCE, LONG, HttpsClientTest::whole))
          .isInstanceOf(IOException.class);
      isLeft(host);
    }
  }

  @Test
  void whoNeverAnswersIsLeftWhenThePatienceIsOver() throws IOException {
    try (var host = CoyHttps.silent(tls)) {
      assertThatThrownBy(() -> ask(host, LONG, PATIENCE, HttpsClientTest::whole))
          .hasMessage("no answer in time");
      isLeft(host);
    }
  }

  @Test
  void whoIsSilentTooLongIsLeft() throws IOException {
    try (var host = CoyHttps.silent(tls)) {
      assertThatThrownBy(() -> ask(host, PATIENCE, LONG, HttpsClientTest::whole))
          .isInstanceOf(IOException.class);
      isLeft(host);
    }
  }

  @Test
  void whoNeverEndsIsLeftWhenThePatienceIsOver() throws IOException {
    try (var host = CoyHttps.endless(tls)) {
      assertThatThrownBy(() -> ask(host, LONG, PATIENCE, HttpsClientTest::whole))
          .hasMessage("no answer in time");
      isLeft(host);
    }
  }

  @Test
  void theStatusIsEnoughForWhoWantsNoMore() throws IOException {
    try (var host = CoyHttps.endless(tls)) {
      assertThat(ask(host, LONG, LONG, (response, answer) -> answer.complete("enough")))
          .isEqualTo("enough");
      isLeft(host);
    }
  }
}
