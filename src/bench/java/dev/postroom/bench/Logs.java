package dev.postroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What servers wrote while they were loaded. */
final class Logs {
  private Logs() {}

  /** The lines with the pattern in them, of all files in the folder with such names. */
  static List<String> matching(Path folder, String names, String pattern) {
    var wanted = Pattern.compile(pattern);
    try (var files = Files.list(folder)) {
      return files
          .filter(it -> it.getFileName().toString().matches(names))
          .sorted()
          .flatMap(it -> lines(it).filter(line -> wanted.matcher(line).find()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
