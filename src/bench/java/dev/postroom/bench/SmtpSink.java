package dev.postroom.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Postfix's smtp-sink as the next hop: it takes everything, and says how many that were. */
final class SmtpSink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Pattern COUNT = Pattern.compile("mesg=(\\d+)\r");
  private static final int TAIL = 200;

  private final Path output;
  private final Process process;

  SmtpSink(Setting setting) {
    try {
      output = Files.createTempFile(setting.data(), "sink", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process =
        Commands.start(
            output,
            List.of("smtp-sink", "-u", "nobody", "-c", "127.0.0.1:" + setting.sink(), "1000"));
    Commands.await("smtp-sink's port open", PATIENCE, () -> Ports.isOpen(setting.sink()));
  }

  void awaitMessages(int expected) {
    Commands.await("taken by smtp-sink: " + expected, PATIENCE, () -> messages() >= expected);
  }

  private int messages() {
    try (var file = new RandomAccessFile(output.toFile(), "r")) {
      var tail = new byte[(int) Math.min(TAIL, file.length())];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      int last = 0;
      var found = COUNT.matcher(new String(tail, StandardCharsets.ISO_8859_1));
      while (found.find()) {
        last = Integer.parseInt(found.group(1));
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Commands.end(process, Duration.ofSeconds(5));
    try {
      Files.delete(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
