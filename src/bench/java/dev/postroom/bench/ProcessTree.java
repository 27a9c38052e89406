package dev.postroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What processes and all their children use, read from /proc. The time of children that have ended
 * is in the account of the parent that waited for them, so short-lived ones are not missed.
 */
final class ProcessTree {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux
  private static final int USER_TIME = 11; // fields after the command's closing parenthesis
  private static final int SYSTEM_TIME = 12;
  private static final int CHILDREN_USER_TIME = 13;
  private static final int CHILDREN_SYSTEM_TIME = 14;
  private static final int THREADS = 17;
  private static final double NANOS = 1e9;
  private static final double KIB_PER_MIB = 1024;

  private ProcessTree() {}

  static double cpuSeconds(Collection<Long> roots) {
    return all(roots).mapToDouble(ProcessTree::seconds).sum();
  }

  /** Proportional set size: shared pages count once in all. */
  static double memoryMib(Collection<Long> roots) {
    return all(roots).map(ProcessTree::proportionalKib).sum() / KIB_PER_MIB;
  }

  static int processes(Collection<Long> roots) {
    return (int) all(roots).count();
  }

  private static LongStream all(Collection<Long> roots) {
    return roots.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .mapToLong(ProcessHandle::pid);
  }

  private static double seconds(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double own = ticks(fields, USER_TIME) + ticks(fields, SYSTEM_TIME);
      double children = ticks(fields, CHILDREN_USER_TIME) + ticks(fields, CHILDREN_SYSTEM_TIME);
      return (fields[THREADS].equals("1") ? exactSeconds(pid, own) : own) + children;
    } catch (IOException _) {
      return 0; // it has ended: its parent has the time
    }
  }

  private static double ticks(String[] fields, int index) {
    return Long.parseLong(fields[index]) / TICKS_PER_SECOND;
  }

  /** Ticks are rounded down, which would hide most of what fifty small processes use. */
  private static double exactSeconds(long pid, double otherwise) throws IOException {
    var file = Path.of("/proc/" + pid + "/schedstat");
    return Files.isReadable(file)
        ? Long.parseLong(Files.readString(file).split(" ")[0]) / NANOS
        : otherwise;
  }

  private static long proportionalKib(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException _) {
      return 0;
    }
  }
}
