package dev.postroom.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every script under {@code src/test/clients}: a mail program that nobody here wrote does what its
 * user wants. A script learns from its environment where the server is and whose mailbox it may
 * use; status 0 means that all was as it should be.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailClientsIT {
  private static final int PATIENCE_SECONDS = 180;
  private static final String PASSWORD = "plover-granite-49-teapot";
  private static final List<String> PORTS =
      List.of("http", "smtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s");

  private Demo demo;
  @TempDir private Path work;

  @BeforeAll
  void open() throws IOException {
    demo = new Demo("demo-clients").startAfresh();
  }

  @AfterAll
  void close() {
    if (demo != null) {
      demo.close();
    }
  }

  static Stream<Path> scripts() throws IOException {
    try (var files = Files.list(Path.of("src/test/clients"))) {
      return files.filter(Files::isExecutable).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theProgramDoesWhatItsUserWants(Path script) throws Exception {
    var output = Files.createTempFile(work, "output", ".txt");
    var process = new ProcessBuilder(script.toAbsolutePath().toString());
    process.environment().putAll(variables(name(script)));
    var running = process.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    boolean ended = running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
    if (!ended || running.exitValue() != 0) {
      throw new AssertionError(script + " failed:\n" + Files.readString(output));
    }
  }

  private static String name(Path script) {
    return script.getFileName().toString().replaceFirst("\\..*", "");
  }

  private Map<String, String> variables(String mailbox) throws Exception {
    var variables = new HashMap<String, String>();
    for (var port : PORTS) {
      variables.put(port.toUpperCase(Locale.ROOT), "" + demo.port(port));
    }
    variables.put("ADDRESS", newMailbox(mailbox));
    variables.put("PASSWORD", PASSWORD);
    variables.put("CA", demo.ca());
    variables.put("WORK", Files.createTempDirectory(work, "work").toString());
    return variables;
  }

  private String newMailbox(String local) throws Exception {
    Shell.run(
            "curl",
            "-sSf",
            "-X",
            "PUT",
            "-H",
            "Authorization: Bearer " + demo.account("customer").get("token").asText(),
            "-H",
            "Content-Type: application/json",
            "--data",
            "{\"password\": \"" + PASSWORD + "\"}",
            "http://127.0.0.1:"
                + demo.port("http")
                + "/api/v1/domains/alpha.test/mailboxes/"
                + local)
        .succeeded();
    return local + "@alpha.test";
  }
}
