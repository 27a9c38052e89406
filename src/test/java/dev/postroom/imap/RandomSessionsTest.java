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
 * Four sessions do as they like in one folder, at the same time. Each client keeps its own account
 * of which message has which number, which flags and which MODSEQ, from nothing but the responses;
 * the server must never contradict it. Those that have enabled QRESYNC leave the folder from time
 * to time and come back with what they know.
 */
@PostroomTest
class RandomSessionsTest {
  private static final int STEPS = 300;
  private static final String[] ENABLED = {"", "CONDSTORE", "QRESYNC", "QRESYNC"};
  private static final Pattern FETCH = Pattern.compile("\\* (\\d+) FETCH \\((.*)\\)");
  private static final Pattern UID = Pattern.compile("UID (\\d+)");
  private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
  private static final Pattern MODSEQ = Pattern.compile("MODSEQ \\((\\d+)\\)");
  private static final Pattern VANISHED = Pattern.compile("\\* VANISHED (\\(EARLIER\\) )?(\\S+)");
  private static final Pattern CODE = Pattern.compile(".*\\[(UIDVALIDITY|HIGHESTMODSEQ) (\\d+)].*");
  private static final Pattern COUNT = Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE)");
  private static final String[] FLAG_NAMES = {"\\Seen", "\\Flagged", "\\Deleted", "$Work"};

  @Inject TestSessions testSessions;

  /** What one client knows: UIDs by number, 0 where it has not heard the UID yet. */
  private static final class Knowing {
    private final ImapClient client;
    private final String enabled;
    private final List<Long> uids = new ArrayList<>();
    private final TreeMap<Long, String> flags = new TreeMap<>();
    private final TreeMap<Long, Long> modSeqs = new TreeMap<>();
    private final List<Long> outdated = new ArrayList<>();
    private final StringBuilder story = new StringBuilder();
    private long uidValidity;

    /** What a client remembers (RFC 7162 §6): the highest MODSEQ that it has heard of... */
    private long knownModSeq;

    /** ...but where the server has told how far it knows, that: since the last command, or 0. */
    private long toldModSeq;

    Knowing(ImapClient client, String enabled) {
      this.client = client;
      this.enabled = enabled;
    }

    void send(String command) throws IOException {
      boolean stable = command.matches("(FETCH|STORE|SEARCH|UID SEARCH \\d).*");
      boolean asksFlags = command.contains("FETCH") && command.contains("FLAGS");
      var answer = client.send(command);
      story.append(command).append(" -> ").append(answer).append('\n');
      for (var response : answer.untagged()) {
        hear(response, stable, asksFlags);
      }
      hearCode(answer.completion());
      outdated.retainAll(uids);
      assertThat(outdated).as("only what is gone may look older: %s", story).isEmpty();
      outdated.clear();
      assertThat(answer.completion()).as(story.toString()).doesNotStartWith("BAD");
      if (toldModSeq > 0) {
        knownModSeq = toldModSeq;
        toldModSeq = 0;
      }
    }

    private boolean tellsModSeqs() {
      return !enabled.isEmpty();
    }

    private boolean resynchronizes() {
      return enabled.equals("QRESYNC");
    }

    /** Leaves the folder and comes back, asking for no more than has changed meanwhile. */
    void goAndComeBack(Random random) throws IOException {
      while (flags.size()
          < uids.size()) { // what arrived is not known yet, nor what comes meanwhile
        send("UID FETCH 1:* (FLAGS MODSEQ)");
      }
      long known = knownModSeq;
      send(random.nextBoolean() ? "UNSELECT" : "NOOP");
      uids.clear();
      send("SELECT INBOX (QRESYNC (" + uidValidity + " " + known + whatIsKnown(random) + "))");
      assertThat(flags).as("all are known: %s", story).hasSameSizeAs(uids);
      uids.clear();
      uids.addAll(flags.keySet());
    }

    private String whatIsKnown(Random random) {
      var known = List.copyOf(flags.keySet());
      if (known.isEmpty() || random.nextInt(3) == 0) {
        return "";
      }
      int at = random.nextInt(known.size());
      var match = " (1," + (at + 2) + " " + known.getFirst() + "," + known.get(at) + ")";
      return random.nextBoolean() ? match : " 1:4294967295" + match;
    }

    private void hearCode(String text) {
      var code = CODE.matcher(text);
      if (code.matches()) {
        long number = Long.parseLong(code.group(2));
        if (code.group(1).equals("UIDVALIDITY")) {
          uidValidity = number;
        } else {
          toldModSeq = number;
        }
      }
    }

    private void hear(String response, boolean stable, boolean asksFlags) {
      hearCode(response);
      var vanished = VANISHED.matcher(response);
      if (vanished.matches()) {
        assertThat(resynchronizes()).as(story.toString()).isTrue();
        hearVanished(vanished.group(1) != null, vanished.group(2), stable);
      }
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
          assertThat(resynchronizes()).as("no EXPUNGE any more: %s", story).isFalse();
          assertThat(number).as(story.toString()).isBetween(1, uids.size());
          forget(uids.remove(number - 1));
        }
      } else if (fetch.matches()) {
        hearFetch(Integer.parseInt(fetch.group(1)), fetch.group(2));
        if (tellsModSeqs() && !asksFlags && fetch.group(2).contains("FLAGS")) {
          assertThat(fetch.group(2)).as(story.toString()).contains("MODSEQ");
        }
      }
    }

    private void forget(long uid) {
      flags.remove(uid);
      modSeqs.remove(uid);
    }

    private void hearVanished(boolean earlier, String set, boolean stable) {
      assertThat(stable).as("no VANISHED here: %s", story).isFalse();
      for (var range : set.split(",")) {
        var ends = range.split(":");
        long first = Long.parseLong(ends[0]);
        long last = Long.parseLong(ends[ends.length - 1]);
        if (earlier) {
          flags.subMap(first, true, last, true).clear();
          modSeqs.subMap(first, true, last, true).clear();
        } else {
          for (long uid = first; uid <= last; uid++) {
            hearGone(uid);
          }
        }
      }
    }

    /** A message of which only EXISTS was heard has its place among those that are known. */
    private void hearGone(long uid) {
      int at = uids.indexOf(uid);
      for (int i = 0; i < uids.size() && at < 0; i++) {
        boolean fits = uids.subList(i, uids.size()).stream().allMatch(o -> o == 0 || o > uid);
        at = uids.get(i) == 0 && fits ? i : -1;
      }
      assertThat(at).as("%d is not known: %s", uid, story).isNotNegative();
      uids.remove(at);
      forget(uid);
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
      var modSeq = MODSEQ.matcher(data);
      if (modSeq.find()) {
        long heard = Long.parseLong(modSeq.group(1));
        knownModSeq = Math.max(knownModSeq, heard);
        if (uids.get(number - 1) != 0) {
          var known = modSeqs.put(uids.get(number - 1), heard);
          if (known != null && known > heard) {
            outdated.add(uids.get(number - 1));
          }
        }
      }
    }
  }

  @Test
  void noSessionEverContradictsItself() throws Exception {
    long seed = System.nanoTime();
    var login = testSessions.login();
    var sessions = new ArrayList<Knowing>();
    try {
      for (var enabled : ENABLED) {
        var client = testSessions.connect();
        assertThat(client.send(login).isOk()).isTrue();
        var knowing = new Knowing(client, enabled);
        if (!enabled.isEmpty()) {
          knowing.send("ENABLE " + enabled);
        }
        knowing.send("SELECT INBOX");
        sessions.add(knowing);
      }
      doAsTheyLike(sessions, seed);
      for (var session : sessions) {
        session.send("NOOP");
        session.send("UID FETCH 1:* (FLAGS)");
        if (session.resynchronizes()) {
          session.goAndComeBack(new Random(seed)); // and need not fetch what it knows
        }
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
                    if (session.resynchronizes() && random.nextInt(15) == 0) {
                      session.goAndComeBack(random);
                    } else {
                      session.send(anything(random, session.uids.size()));
                    }
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
    return switch (random.nextInt(14)) {
      case 0 -> "NOOP";
      case 1 -> "EXPUNGE";
      case 2 -> uid + "STORE " + uidSet + " +FLAGS (" + flag + ")";
      case 3 -> uid + "STORE " + uidSet + " -FLAGS.SILENT (" + flag + ")";
      case 4 -> "STORE " + a + " FLAGS (" + flag + ")";
      case 5 -> uid + "FETCH " + uidSet + " (UID FLAGS)";
      case 6 -> uid + "FETCH " + uidSet + " (UID RFC822.SIZE)";
      case 7 -> uid + "SEARCH " + (random.nextBoolean() ? set + " " : "") + "SUBJECT one";
      case 8 -> "COPY " + a + " INBOX";
      case 9 -> "MOVE " + a + " INBOX";
      case 10 -> "FETCH " + set + " (UID BODY[TEXT])";
      case 11 -> "UID EXPUNGE 1:*";
      case 12 -> uid + "STORE " + uidSet + " (UNCHANGEDSINCE 300) +FLAGS.SILENT (" + flag + ")";
      default -> "UID FETCH 1:* (FLAGS)";
    };
  }
}
