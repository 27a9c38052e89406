package dev.postroom.net;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * Asks servers that nobody vouches for. Each request has a connection of its own, which is closed
 * when the answer is known or the patience is over. The caller waits, on a virtual thread.
 */
public final class HttpsClient {
  private final HttpClient client;

  /**
   * @param patience how long a server may be silent
   */
  public HttpsClient(Vertx vertx, TrustManager trust, Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setVerifyHost(true)
                .setTrustOptions(TrustOptions.wrap(trust))
                .setConnectTimeout(millis)
                .setSslHandshakeTimeout(millis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(millis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAlive(false));
  }

  /**
   * @param patience how long it may take in all
   * @param reader makes the answer of the response, on the event loop; what it leaves is not read
   * @throws SSLException when the server is not who it should be
   */
  public <T> T ask(
      RequestOptions options,
      Buffer body,
      Duration patience,
      BiConsumer<HttpClientResponse, CompletableFuture<T>> reader)
      throws IOException {
    var answer = new CompletableFuture<T>();
    client
        .request(options)
        .onFailure(answer::completeExceptionally)
        .onSuccess(request -> send(request, body, answer, reader));
    try {
      return answer.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw cause(failed);
    } catch (TimeoutException tooSlow) {
      throw new IOException("no answer in time", tooSlow);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("this server is shutting down", stopping);
    } finally {
      answer.cancel(false); // nobody waits: a connection that comes about later is closed at once
    }
  }

  private static <T> void send(
      HttpClientRequest request,
      Buffer body,
      CompletableFuture<T> answer,
      BiConsumer<HttpClientResponse, CompletableFuture<T>> reader) {
    answer.whenComplete(
        (_, _) -> {
          request.reset();
          request.connection().close();
        });
    if (!answer.isDone()) {
      request
          .send(body)
          .onFailure(answer::completeExceptionally)
          .onSuccess(
              response -> {
                response.exceptionHandler(answer::completeExceptionally);
                reader.accept(response, answer);
              });
    }
  }

  private static IOException cause(ExecutionException failed) {
    Throwable deepest = failed;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException untrusted) {
        return untrusted;
      }
      deepest = cause;
    }
    return deepest instanceof IOException io ? io : new IOException(deepest.toString(), failed);
  }
}
