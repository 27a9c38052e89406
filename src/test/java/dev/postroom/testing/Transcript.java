package dev.postroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A conversation from a file; package-info has its grammar.
 *
 * @param name the file's, without {@code .txt}
 */
record Transcript(String name, boolean inPlainText, boolean overTls, List<TranscriptStep> steps) {
  private static final Pattern LINE =
      Pattern.compile("(C|S)([0-9]*)(:|~|\\*) ?(.*)|(TLS|DEFLATE|CLOSED|HANGUP)([0-9]*):? *");

  static List<Transcript> all(String protocol) {
    var folder = Path.of("src/test/resources/scripts", protocol);
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(Transcript::read)
          .toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static Transcript read(Path file) {
    try {
      var name = file.getFileName().toString();
      return parse(name.substring(0, name.length() - ".txt".length()), Files.readAllLines(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Transcript parse(String name, List<String> lines) {
    var steps = new ArrayList<TranscriptStep>();
    boolean plain = true;
    boolean tls = true;
    for (int number = 1; number <= lines.size(); number++) {
      var line = lines.get(number - 1);
      switch (line.strip()) {
        case "PLAIN ONLY" -> tls = false;
        case "TLS ONLY" -> plain = false;
        default -> {
          if (!line.isBlank() && !line.startsWith("#")) {
            steps.add(step(name + ".txt:" + number, line));
          }
        }
      }
    }
    return new Transcript(name, plain, tls, List.copyOf(steps));
  }

  private static TranscriptStep step(String place, String line) {
    var parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(place + ": not a line of a transcript: " + line);
    }
    if (parts.group(5) != null) {
      return sign(place, parts.group(5), parts.group(6));
    }
    var session = parts.group(2);
    var text = parts.group(4);
    return switch (parts.group(1) + parts.group(3)) {
      case "C:" -> new TranscriptStep.SendLine(place, session, text);
      case "C~" -> new TranscriptStep.SendOctets(place, session, text);
      case "S:" -> new TranscriptStep.ExpectLine(place, session, text);
      case "S~" -> new TranscriptStep.ExpectOctets(place, session, text);
      case "S*" -> new TranscriptStep.SkipLines(place, session);
      default -> throw new IllegalArgumentException(place + ": a client has no C*");
    };
  }

  private static TranscriptStep sign(String place, String word, String session) {
    return switch (word) {
      case "DEFLATE" -> new TranscriptStep.Deflate(place, session);
      case "TLS" -> new TranscriptStep.Secure(place, session);
      case "CLOSED" -> new TranscriptStep.ExpectClosed(place, session);
      default -> new TranscriptStep.HangUp(place, session);
    };
  }
}
