package dev.postroom.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code deploy/demo} as its user starts it: the packaged application, a process of its own. */
final class Demo implements AutoCloseable {
  /** One of the demo's mailboxes. */
  record Login(String address, String password) {}

  private final Path data;
  private final List<String> command = new ArrayList<>();
  private @Nullable Process process;
  private @Nullable JsonNode description;

  Demo(String name, String... settings) throws IOException {
    data = Path.of("target", name).toAbsolutePath();
    command.addAll(
        List.of("deploy/demo", "--data", data.toString(), "--port-base", "" + freePortBase()));
    for (var setting : settings) {
      command.addAll(List.of("--set", setting));
    }
  }

  /** Below 32,000, where the ports of outgoing connections begin. */
  private static int freePortBase() throws IOException {
    for (int base = 21_000; base < 31_000; base += 500) {
      if (isFree(base + 25) && isFree(base + 306)) {
        return base;
      }
    }
    throw new IOException("no free ports for a demo");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port)) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** Starts it with empty data. */
  Demo startAfresh() throws IOException {
    return start(List.of("--reset"));
  }

  /** Starts it over the data of the last run. */
  Demo startAgain() throws IOException {
    return start(List.of());
  }

  private Demo start(List<String> more) throws IOException {
    var whole = new ArrayList<>(command);
    whole.addAll(more);
    var started =
        new ProcessBuilder(whole)
            .redirectError(data.resolveSibling(data.getFileName() + ".err").toFile())
            .start();
    process = started;
    var output =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    var seen = new StringBuilder();
    String line;
    while ((line = output.readLine()) != null) {
      seen.append(line).append('\n');
      if (line.equals("Postroom is ready")) {
        description = new ObjectMapper().readTree(data.resolve("demo.json").toFile());
        return this;
      }
    }
    throw new IOException(
        "the demo did not get ready:\n"
            + seen
            + Files.readString(data.resolveSibling(data.getFileName() + ".err")));
  }

  Path data() {
    return data;
  }

  private JsonNode description() {
    if (description == null) {
      throw new IllegalStateException("the demo has not been started");
    }
    return description;
  }

  int port(String service) {
    return description().at("/ports/" + service).asInt();
  }

  String ca() {
    return description().get("ca").asText();
  }

  Login mailbox(int index) {
    var mailbox = description().at("/mailboxes/" + index);
    return new Login(mailbox.get("address").asText(), mailbox.get("password").asText());
  }

  JsonNode account(String role) {
    return description().at("/accounts/" + role);
  }

  long pid() {
    return description().get("pid").asLong();
  }

  long databasePid() {
    return description().get("databasePid").asLong();
  }

  /** As a power cut ends it: the server at once, without a word. */
  void killServer() {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    awaitExit();
  }

  void killDatabase() {
    ProcessHandle.of(databasePid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  private void awaitExit() {
    try {
      if (process != null && !process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("deploy/demo did not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** As Ctrl-C ends it. */
  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      awaitExit();
    }
  }
}
