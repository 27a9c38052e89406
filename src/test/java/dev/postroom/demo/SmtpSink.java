package dev.postroom.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Postfix's smtp-sink: a mail server that nobody here wrote. */
final class SmtpSink implements AutoCloseable {
  static final String ADDRESS = "127.0.0.2";
  static final int PORT = 2525;

  private final Process process;
  private final Path dump;

  private SmtpSink(Process process, Path dump) {
    this.process = process;
    this.dump = dump;
  }

  /**
   * @param options {@code -f RCPT} refuses recipients, for example
   */
  static SmtpSink start(String... options) throws IOException {
    var dump = Files.createTempDirectory(Path.of("target"), "sink-").toAbsolutePath();
    dump.toFile().setWritable(true, false);
    var command = new ArrayList<>(List.of("smtp-sink", "-d", dump + "/%M.", "-u", "root"));
    command.addAll(List.of(options));
    command.addAll(List.of(ADDRESS + ":" + PORT, "100"));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", "/usr/sbin", (path, sbin) -> path + ":" + sbin);
    var process = builder.redirectOutput(dump.resolveSibling("smtp-sink.log").toFile()).start();
    Awaitility.await().atMost(10, TimeUnit.SECONDS).until(SmtpSink::listens);
    return new SmtpSink(process, dump);
  }

  private static boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(ADDRESS, PORT), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Everything it took so far, its own trace lines included. */
  List<String> messages() throws IOException {
    var texts = new ArrayList<String>();
    try (var files = Files.list(dump)) {
      for (var file : files.sorted().toList()) {
        texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
