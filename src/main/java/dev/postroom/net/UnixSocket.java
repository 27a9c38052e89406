package dev.postroom.net;

import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * A socket that has a path instead of a port. Whoever may enter its folder may connect: that is
 * where access is given.
 */
final class UnixSocket {
  private static final String EVERYBODY = "rw-rw-rw-";

  private UnixSocket() {}

  /** Takes the place of a socket that nobody listens at any more, and of nothing else. */
  static void bind(Path path, Consumer<SocketAddress> listen) {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        removeLeftover(path);
      }
      listen.accept(SocketAddress.domainSocketAddress(path.toString()));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(EVERYBODY));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot listen at " + path, failed);
    }
  }

  private static void removeLeftover(Path path) throws IOException {
    var attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      throw new IOException("there is something else");
    }
    if (isAnswered(path)) {
      throw new IOException("somebody listens there already");
    }
    Files.delete(path);
  }

  private static boolean isAnswered(Path path) {
    try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return client.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException _) {
      return false;
    }
  }
}
