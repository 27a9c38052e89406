package dev.postroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** Where the figures come from, written beside them as lines of Markdown. */
final class Machine {
  private static final int SYNCS = 200;
  private static final int BLOCK = 4096;

  private Machine() {}

  static void describe(Setting setting, List<Side> sides) {
    var text = new StringBuilder();
    text.append("- ").append(Commands.run("date", "-u", "+%Y-%m-%d %H:%M UTC").strip());
    text.append(setting.quick() ? ", quick run" : ", full run");
    text.append(", ").append(setting.rounds()).append(" rounds\n");
    text.append("- ").append(processors()).append(", ").append(memory()).append("\n");
    text.append("- kernel ").append(Commands.run("uname", "-srm").strip()).append("\n");
    text.append("- disk: ").append(disk(setting.data())).append("\n");
    text.append("- cold: servers restarted, page cache ").append(PageCache.drop() ? "" : "not ");
    text.append("dropped\n");
    text.append("- MariaDB for both: ")
        .append(Commands.run("/usr/sbin/mariadbd", "--version").strip().replaceAll(".*Ver ", ""))
        .append("\n");
    for (var side : sides) {
      text.append("- ").append(side.name()).append(": ").append(side.version());
      text.append("; durability: ").append(side.durability()).append("\n");
    }
    try {
      Files.writeString(setting.out().resolve("machine.md"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String processors() {
    return Runtime.getRuntime().availableProcessors()
        + " processors ("
        + Commands.run("sh", "-c", "grep -m1 'model name' /proc/cpuinfo | cut -d: -f2").strip()
        + ")";
  }

  private static String memory() {
    return Commands.run("sh", "-c", "free -g | awk '/Mem/ {print $2 \" GiB of memory\"}'").strip();
  }

  private static String disk(Path folder) {
    var type = Commands.run("stat", "-f", "-c", "%T", folder.toString()).strip();
    return String.format(
        Locale.ROOT, "%s, %,.0f appends of 4 KiB with fdatasync a second", type, syncs(folder));
  }

  private static double syncs(Path folder) {
    try {
      var file = Files.createTempFile(folder, "sync", ".tmp");
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        long start = System.nanoTime();
        for (int i = 0; i < SYNCS; i++) {
          channel.write(ByteBuffer.allocate(BLOCK));
          channel.force(false);
        }
        return SYNCS / ((System.nanoTime() - start) / 1e9);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
