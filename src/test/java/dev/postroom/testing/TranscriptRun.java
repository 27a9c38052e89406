package dev.postroom.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A transcript that is to be held in plain text, or over implicit TLS. */
public final class TranscriptRun {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9A-Fa-f]{2})|(.))");

  private final Transcript transcript;
  private final boolean overTls;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, TranscriptSession> sessions = new HashMap<>();
  private final Set<String> skipping = new HashSet<>();
  private final List<String> heard = new ArrayList<>();

  TranscriptRun(Transcript transcript, boolean overTls) {
    this.transcript = transcript;
    this.overTls = overTls;
  }

  /** The file's name, without {@code .txt}. */
  public String name() {
    return transcript.name();
  }

  @Override
  public String toString() {
    return transcript.name() + (overTls ? " over TLS" : " in plain text");
  }

  /**
   * Holds the conversation.
   *
   * @param given values of the variables in the file
   */
  public void hold(TranscriptServer server, Map<String, String> given) throws IOException {
    variables.putAll(given);
    try {
      for (var step : transcript.steps()) {
        take(step, server);
      }
    } finally {
      for (var session : sessions.values()) {
        session.close();
      }
    }
  }

  private void take(TranscriptStep step, TranscriptServer server) {
    try {
      var session = sessions.get(step.session());
      if (session == null) {
        session = new TranscriptSession(server, overTls);
        sessions.put(step.session(), session);
      }
      take(step, session);
    } catch (IOException | AssertionError failed) {
      throw new AssertionError(
          step.place() + ": " + failed + "\n" + String.join("\n", heard) + "\n", failed);
    }
  }

  private void take(TranscriptStep step, TranscriptSession session) throws IOException {
    switch (step) {
      case TranscriptStep.SendLine(_, var id, var text) -> {
        var line = filled(text);
        heard.add("C" + id + ": " + line);
        session.send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      }
      case TranscriptStep.SendOctets(_, var id, var text) -> {
        heard.add("C" + id + "~ " + text);
        session.send(octets(filled(text)));
      }
      case TranscriptStep.ExpectLine(_, var id, var text) -> expect(id, session, filled(text));
      case TranscriptStep.ExpectOctets(_, _, var text) -> expect(session, filled(text));
      case TranscriptStep.SkipLines(_, var id) -> skipping.add(id);
      case TranscriptStep.Secure(_, _) -> session.secure();
      case TranscriptStep.Deflate(_, _) -> session.deflate();
      case TranscriptStep.ExpectClosed(_, var id) -> expectEnd(id, session);
      case TranscriptStep.HangUp(_, var id) -> {
        session.close();
        sessions.remove(id);
      }
    }
  }

  private void expect(String id, TranscriptSession session, String text) throws IOException {
    var pattern = LinePattern.of(text);
    boolean skip = skipping.remove(id);
    while (true) {
      var line = hear(id, session);
      if (line == null) {
        throw new AssertionError("the server closed; expected: " + text);
      }
      if (pattern.matches(line, variables)) {
        return;
      }
      if (!skip) {
        throw new AssertionError("expected: " + text + "\n     got: " + line);
      }
    }
  }

  private @Nullable String hear(String id, TranscriptSession session) throws IOException {
    var line = session.line();
    heard.add("S" + id + ": " + line);
    return line;
  }

  private void expect(TranscriptSession session, String escaped) throws IOException {
    var expected = octets(escaped);
    var got = session.octets(expected.length);
    if (!Arrays.equals(got, expected)) {
      throw new AssertionError(
          "expected octets: " + escaped + "\ngot: " + new String(got, StandardCharsets.UTF_8));
    }
  }

  private void expectEnd(String id, TranscriptSession session) throws IOException {
    var line = hear(id, session);
    if (line != null) {
      throw new AssertionError("expected the end, got: " + line);
    }
    session.close();
    sessions.remove(id);
  }

  private String filled(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> {
              var value = variables.get(found.group(1));
              if (value == null) {
                throw new AssertionError("no variable " + found.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** Escapes are one octet each, all else is UTF-8. */
  private static byte[] octets(String escaped) {
    var octets = new ByteArrayOutputStream();
    var escape = ESCAPE.matcher(escaped);
    int done = 0;
    while (escape.find()) {
      octets.writeBytes(escaped.substring(done, escape.start()).getBytes(StandardCharsets.UTF_8));
      octets.write(octet(escape));
      done = escape.end();
    }
    octets.writeBytes(escaped.substring(done).getBytes(StandardCharsets.UTF_8));
    return octets.toByteArray();
  }

  private static int octet(Matcher escape) {
    var hexadecimal = escape.group(1);
    if (hexadecimal != null) {
      return HexFormat.fromHexDigits(hexadecimal);
    }
    return switch (escape.group(2)) {
      case "r" -> '\r';
      case "n" -> '\n';
      case "t" -> '\t';
      case "\\" -> '\\';
      default -> throw new AssertionError("no escape: " + escape.group());
    };
  }
}
