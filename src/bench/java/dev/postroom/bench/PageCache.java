package dev.postroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel keeps of files. */
final class PageCache {
  private static final Path SWITCH = Path.of("/proc/sys/vm/drop_caches");

  private PageCache() {}

  /** Forgets it where that is allowed; in most containers it is not. */
  static boolean drop() {
    try {
      Commands.run("sync");
      Files.writeString(SWITCH, "3");
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
