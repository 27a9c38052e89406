package dev.postroom.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a client program and waits for it. */
final class Shell {
  /**
   * @param output standard output and error together, octets as Latin-1
   */
  record Result(int status, String output) {
    Result succeeded() {
      if (status != 0) {
        throw new AssertionError("ended with " + status + ":\n" + output);
      }
      return this;
    }
  }

  private Shell() {}

  static Result run(String... command) throws IOException, InterruptedException {
    return run(InputStream.nullInputStream(), List.of(command));
  }

  static Result run(InputStream input, List<String> command)
      throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread.startVirtualThread(
        () -> {
          try (var stdin = process.getOutputStream()) {
            input.transferTo(stdin);
          } catch (IOException closed) {
            // it did not want to read all of it
          }
        });
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command.getFirst() + " did not end:\n" + output);
    }
    return new Result(process.exitValue(), output);
  }
}
