package dev.postroom.api;

import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * A file that lets in who can read it: the command line of the server's own user and of root. The
 * token in it is kept in memory alone and ends with this process.
 */
@ApplicationScoped
class LocalAccess {
  private static final Logger LOG = Logger.getLogger(LocalAccess.class);
  private static final int SECRET_OCTETS = 32;

  /** Nobody's account: what it does is in the audit log as done on the command line. */
  private static final Viewer.Person ADMINISTRATOR =
      new Viewer.Person(0, Role.ADMINISTRATOR, "command line");

  private final Path file;
  private final String url;
  private final String secret;

  LocalAccess(
      ApiConfig config,
      RandomGenerator random,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    this.file = config.localAccess().toAbsolutePath();
    this.url = "http://" + address(host) + ":" + port;
    var octets = new byte[SECRET_OCTETS];
    random.nextBytes(octets);
    this.secret = "prl_" + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static String address(String host) {
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return "127.0.0.1";
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }

  void start(@Observes StartupEvent event) {
    try {
      write();
    } catch (IOException failed) {
      LOG.warnf("the command line finds no way in, %s cannot be written: %s", file, failed);
    }
  }

  private void write() throws IOException {
    var folder = Files.createDirectories(file.getParent());
    var onlyOurs =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new", onlyOurs);
    Files.writeString(fresh, content());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String content() {
    return new JsonObject().put("url", url).put("token", secret).encode() + "\n";
  }

  void stop(@Observes ShutdownEvent event) {
    try {
      if (Files.exists(file) && Files.readString(file).equals(content())) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      LOG.warnf("%s stays behind; its token is of no use any more: %s", file, failed);
    }
  }

  Optional<Viewer.Person> authenticate(String token) {
    boolean right =
        MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    return right ? Optional.of(ADMINISTRATOR) : Optional.empty();
  }
}
