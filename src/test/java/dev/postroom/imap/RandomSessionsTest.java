package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Three sessions do as they like in one folder, at the same time. Each client keeps its own account
 * of which message has which number, from nothing but the responses; the server must never
 * contradict it.
 */
@PostroomTest
class RandomSessionsTest {
  private static final int STEPS = 300;
  private static final int SESSIONS = 3;
  private static final Pattern FETCH = Pattern.compile("\\* (\\d+) FETCH \\((.*)\\)");
  private static final Pattern UID = Pattern.compile("UID (\\d+)");
  private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
  private static final Pattern COUNT = Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE)");
  private static final String[] FLAG_NAMES = {"\\Seen", "\\Flagged", "\\Deleted", "$Work"};

  @Inject TestSessions testSessions;

  /** What one client knows: UIDs by number, 0 where it has not heard the UID yet. */
  private static final class Knowing {
    private final ImapClient client;
    private final List<Long> uids = new ArrayList<>();
    private final TreeMap<Long, String> flags = new TreeMap<>();
    private final StringBuilder story = new StringBuilder();

    Knowing(ImapClient client) {
      this.client = client;
    }

    void send(String command) throws IOException {
      boolean stable = command.matches("(FETCH|STORE|SEARCH).*");
      var answer = client.send(command);
      story.append(command).append(" -> ").append(answer).append('\n');
      for (var response : answer.untagged()) {
        hear(response, stable);
      }
      assertThat(answer.completion()).as(story.toString()).doesNotStartWith("BAD");
    }

    private void hear(String response, boolean stable) {
      var count = COUNT.matcher(response);
      var fetch = FETCH.matcher(response);
      if (count.matches()) {
        int number = Integer.parseInt(count.group(1));
        if (count.group(2).equals("EXISTS")) {
          assertThat(number).as(story.toString()).isGreaterThanOrEqualTo(uids.size());
          while (uids.size() < number) {
            uids.add(0L);
          }
        } else {
          assertThat(stable).as("no EXPUNGE here: %s", story).isFalse();
          assertThat(number).as(story.toString()).isBetween(1, uids.size());
          flags.remove(uids.remove(number - 1));
        }
      } else if (fetch.matches()) {
        hearFetch(Integer.parseInt(fetch.group(1)), fetch.group(2));
      }
    }

    private void hearFetch(int number, String data) {
      assertThat(number).as(story.toString()).isBetween(1, uids.size());
      var uid = UID.matcher(data);
      if (uid.find()) {
        long heard = Long.parseLong(uid.group(1));
        long known = uids.set(number - 1, heard);
        assertThat(known).as("number %d: %s", number, story).isIn(0L, heard);
      }
      var heardFlags = FLAGS.matcher(data);
      if (heardFlags.find() && uids.get(number - 1) != 0) {
        flags.put(uids.get(number - 1), heardFlags.group(1));
      }
    }
  }

  @Test
  void noSessionEverContradictsItself() throws Exception {
    long seed = System.nanoTime();
    var login = testSessions.login();
    var sessions = new ArrayList<Knowing>();
    try {
      for (int i = 0; i < SESSIONS; i++) {
        var client = testSessions.connect();
        assertThat(client.send(login).isOk()).isTrue();
        var knowing = new Knowing(client);
        knowing.send("SELECT INBOX");
        sessions.add(knowing);
      }
      doAsTheyLike(sessions, seed);
      for (var session : sessions) {
        session.send("NOOP");
        session.send("UID FETCH 1:* (FLAGS)");
      }
      for (var session : sessions) {
        assertThat(session.uids).as("seed %d", seed).isEqualTo(sessions.getFirst().uids);
        assertThat(session.flags).as("seed %d", seed).isEqualTo(sessions.getFirst().flags);
      }
    } finally {
      for (var session : sessions) {
        session.client.close();
      }
    }
  }

  private static void doAsTheyLike(List<Knowing> sessions, long seed) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var session : sessions) {
        var random = new Random(seed + running.size());
        running.add(
            threads.submit(
                () -> {
                  for (int step = 0; step < STEPS; step++) {
                    session.send(anything(random, session.uids.size()));
                  }
                  return null;
                }));
      }
      for (var one : running) {
        one.get();
      }
    }
  }

  private static String anything(Random random, int count) {
    if (count == 0 || random.nextInt(5) == 0) {
      return "APPEND INBOX {16+}\r\nSubject: one\r\n\r\n";
    }
    int a = 1 + random.nextInt(count);
    int b = 1 + random.nextInt(count);
    var set = a + ":" + b;
    var flag = FLAG_NAMES[random.nextInt(FLAG_NAMES.length)];
    var uid = random.nextBoolean() ? "UID " : "";
    var uidSet = uid.isEmpty() ? set : a + ":*";
    return switch (random.nextInt(12)) {
      case 0 -> "NOOP";
      case 1 -> "EXPUNGE";
      case 2 -> uid + "STORE " + uidSet + " +FLAGS (" + flag + ")";
      case 3 -> uid + "STORE " + uidSet + " -FLAGS.SILENT (" + flag + ")";
      case 4 -> "STORE " + a + " FLAGS (" + flag + ")";
      case 5 -> uid + "FETCH " + uidSet + " (UID FLAGS)";
      case 6 -> uid + "FETCH " + uidSet + " (UID RFC822.SIZE)";
      case 7 -> uid + "SEARCH " + (uid.isEmpty() ? set + " " : "") + "SUBJECT one";
      case 8 -> "COPY " + a + " INBOX";
      case 9 -> "MOVE " + a + " INBOX";
      case 10 -> "FETCH " + set + " (UID BODY[TEXT])";
      default -> "UID FETCH 1:* (FLAGS)";
    };
  }
}
