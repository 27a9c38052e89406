package dev.postroom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Calls the API of a server that runs. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TO_CONNECT = Duration.ofSeconds(10);

  /** Dropping a hundred thousand messages takes its time. */
  private static final Duration TO_ANSWER = Duration.ofMinutes(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TO_CONNECT).build();
  private final String url;
  private final String token;

  private Api(String url, String token) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.token = token;
  }

  /** The server that is named, or the one that wrote the file. */
  static Api of(@Nullable String url, @Nullable String token, Path access) {
    if (url != null) {
      if (token == null) {
        throw new ApiFailure(2, "Say --token, too, or set POSTROOM_TOKEN.");
      }
      return new Api(url, token);
    }
    try {
      var file = JSON.readTree(Files.readString(access));
      return new Api(
          file.path("url").asText(), token == null ? file.path("token").asText() : token);
    } catch (IOException missing) {
      throw new ApiFailure(
          PostroomCommand.UNREACHABLE,
          "%s cannot be read: either no server runs here, or you may not. Name the file with --access, or a server with --url and --token."
              .formatted(access.toAbsolutePath()));
    }
  }

  String url() {
    return url;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new ApiFailure(
          PostroomCommand.UNREACHABLE, "This is no answer of Postroom's API: " + shortened(text));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  String get(String path, Map<String, String> query) {
    var all = new StringBuilder(path);
    new TreeMap<>(query)
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                all.append(all.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
              }
            });
    return call("GET", all.toString(), null);
  }

  String send(String method, String path, @Nullable ObjectNode body) {
    return call(method, path, body);
  }

  private String call(String method, String path, @Nullable ObjectNode body) {
    var answer = exchange(method, "/api/v1" + path, body);
    if (answer.statusCode() >= 400) {
      throw refused(answer);
    }
    return answer.body();
  }

  private static ApiFailure refused(HttpResponse<String> answer) {
    var problem = read(answer.body());
    var words = problem.path("detail").asText(problem.path("title").asText());
    return new ApiFailure(
        answer.statusCode() == 503 ? PostroomCommand.UNREACHABLE : PostroomCommand.REFUSED,
        words.isEmpty() ? "The server answers with status " + answer.statusCode() + "." : words);
  }

  /** Whether the server says that it is ready; empty when it does not say. */
  String readiness() {
    var answer = exchange("GET", "/q/health/ready", null);
    return switch (answer.statusCode()) {
      case 200 -> "ready";
      case 503 -> "not ready";
      default -> "";
    };
  }

  private HttpResponse<String> exchange(String method, String path, @Nullable ObjectNode body) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(url + path))
              .timeout(TO_ANSWER)
              .header("Authorization", "Bearer " + token)
              .header("Postroom-User", System.getProperty("user.name", ""))
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body.toString()));
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException away) {
      throw new ApiFailure(
          PostroomCommand.UNREACHABLE, url + " cannot be reached: " + reason(away));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ApiFailure(PostroomCommand.UNREACHABLE, "Interrupted.");
    } catch (IllegalArgumentException malformed) {
      throw new ApiFailure(2, "This is no address of a server: " + url);
    }
  }

  private static String reason(IOException away) {
    return away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage();
  }
}
