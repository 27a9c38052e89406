package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What one client knows of the folder it has selected, from nothing but the responses. Whatever the
 * server says later must fit (RFC 9051 §7.4.1, §7.5.1, RFC 7162 §3.2).
 */
final class StressModel {
  private static final Pattern FETCH = Pattern.compile("(?s)\\* (\\d+) FETCH \\((.*)\\)");
  private static final Pattern UID_FETCH = Pattern.compile("(?s)\\* (\\d+) UIDFETCH \\((.*)\\)");
  private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
  private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
  private static final Pattern SUBJECT = Pattern.compile("Subject: (message-\\d+)");
  private static final Pattern COUNT = Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE)");
  private static final Pattern VANISHED = Pattern.compile("\\* VANISHED( \\(EARLIER\\))? (\\S+)");
  private static final Pattern UID_VALIDITY = Pattern.compile("\\[UIDVALIDITY (\\d+)]");
  private static final Pattern HIGHEST_MODSEQ = Pattern.compile("\\[HIGHESTMODSEQ (\\d+)]");
  private static final int REMEMBERED = 40;

  final String folder;
  private final StressLedger ledger;
  private final boolean byUid;

  /** UIDs by number, 0 where the client has not heard the UID yet. */
  private final List<Long> uids = new ArrayList<>();

  private final Map<Long, Set<String>> flags = new HashMap<>();
  private final Set<Long> gone = new HashSet<>();
  private final Deque<String> story = new ArrayDeque<>();
  private long uidValidity;
  private long modSeq;

  /**
   * @param byUid QRESYNC is on: VANISHED takes the place of EXPUNGE
   */
  StressModel(String folder, StressLedger ledger, boolean byUid) {
    this.folder = folder;
    this.ledger = ledger;
    this.byUid = byUid;
  }

  /**
   * Begins with what a client has kept of the folder: no number stands in between that it does not
   * know.
   */
  static StressModel resumed(StressModel kept) {
    var model = new StressModel(kept.folder, kept.ledger, true);
    model.uids.addAll(kept.uids);
    model.uids.removeIf(uid -> uid == 0);
    model.flags.putAll(kept.flags);
    model.gone.addAll(kept.gone);
    model.uidValidity = kept.uidValidity;
    model.modSeq = kept.modSeq;
    return model;
  }

  /** Whether a resynchronisation can build on it (RFC 7162 §3.2.5). */
  boolean canBeResumed() {
    return byUid && uidValidity > 0 && modSeq > 0 && !uids.contains(0L);
  }

  /** The parameters of SELECT's QRESYNC. */
  String known() {
    return uidValidity + " " + modSeq;
  }

  /** After STORE .SILENT, whose result is not told. */
  void forgetFlags() {
    flags.clear();
  }

  int count() {
    return uids.size();
  }

  List<Long> uids() {
    return List.copyOf(uids);
  }

  Map<Long, Set<String>> flags() {
    return flags;
  }

  boolean isKnown(int number) {
    return uids.get(number - 1) != 0;
  }

  long uid(int number) {
    return uids.get(number - 1);
  }

  void note(String line) {
    story.add(line.length() > 300 ? line.substring(0, 300) + "..." : line);
    if (story.size() > REMEMBERED) {
      story.remove();
    }
  }

  String story() {
    return String.join("\n", story);
  }

  /**
   * @param stable the command forbids EXPUNGE (RFC 9051 §7.5.1)
   */
  void hear(String response, boolean stable) {
    note(response);
    var count = COUNT.matcher(response);
    var fetch = FETCH.matcher(response);
    var vanished = VANISHED.matcher(response);
    if (count.matches()) {
      hearCount(Integer.parseInt(count.group(1)), count.group(2), stable);
    } else if (fetch.matches()) {
      hearFetch(Integer.parseInt(fetch.group(1)), fetch.group(2));
    } else if (UID_VALIDITY.matcher(response).find()) {
      uidValidity = number(UID_VALIDITY, response);
    } else if (HIGHEST_MODSEQ.matcher(response).find()) {
      modSeq = number(HIGHEST_MODSEQ, response);
    } else if (vanished.matches() && vanished.group(1) != null) {
      new ImapSet(vanished.group(2)).uids().forEach(this::vanishedBefore);
    } else if (vanished.matches()) {
      assertThat(byUid).as(story()).isTrue();
      assertThat(stable).as(story()).isFalse();
      new ImapSet(vanished.group(2)).uids().forEach(this::vanish);
    }
    assertThat(UID_FETCH.matcher(response).matches()).as(story()).isFalse();
  }

  private static long number(Pattern pattern, String response) {
    var matcher = pattern.matcher(response);
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  /** RFC 7162 §3.2.10.1: it may name what the client has never heard of. */
  private void vanishedBefore(long uid) {
    int index = uids.indexOf(uid);
    if (index >= 0) {
      forget(index);
    }
    gone.add(uid);
  }

  private void hearCount(int number, String what, boolean stable) {
    if (what.equals("EXISTS")) {
      assertThat(number).as("EXISTS never takes away: %s", story()).isGreaterThanOrEqualTo(count());
      while (uids.size() < number) {
        uids.add(0L);
      }
      return;
    }
    assertThat(byUid).as("VANISHED instead of EXPUNGE: %s", story()).isFalse();
    assertThat(stable).as("no EXPUNGE here: %s", story()).isFalse();
    assertThat(number).as(story()).isBetween(1, count());
    forget(number - 1);
  }

  private void forget(int index) {
    long uid = uids.remove(index);
    if (uid != 0) {
      gone.add(uid);
      flags.remove(uid);
    }
  }

  /** The UID may be of a message that the client knows by its number only. */
  private void vanish(long uid) {
    int index = uids.indexOf(uid);
    if (index < 0) {
      index = unknownThatMayBe(uid);
    }
    assertThat(index).as("VANISHED %d of %s: %s", uid, uids, story()).isNotNegative();
    forget(index);
    gone.add(uid);
  }

  private int unknownThatMayBe(long uid) {
    for (int i = 0; i < uids.size(); i++) {
      if (uids.get(i) > uid) {
        return -1;
      }
      if (uids.get(i) == 0
          && uids.subList(i, uids.size()).stream().allMatch(u -> mayFollow(u, uid))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean mayFollow(long other, long uid) {
    return other == 0 || other > uid;
  }

  private void hearFetch(int number, String data) {
    assertThat(number).as("number of a message that is known: %s", story()).isBetween(1, count());
    var uid = UID.matcher(data);
    if (uid.find()) {
      learnUid(number, Long.parseLong(uid.group(1)));
    }
    long known = uid(number);
    if (known == 0) {
      return;
    }
    var heardFlags = FLAGS.matcher(data);
    if (heardFlags.find()) {
      flags.put(known, flagSet(heardFlags.group(1)));
    }
    var subject = SUBJECT.matcher(data);
    if (subject.find()) {
      ledger.stands(folder, known, subject.group(1));
    }
  }

  private void learnUid(int number, long uid) {
    long before = uids.set(number - 1, uid);
    assertThat(before).as("number %d: %s", number, story()).isIn(0L, uid);
    assertThat(gone).as("an expunged UID never comes back: %s", story()).doesNotContain(uid);
    for (int i = number - 2; i >= 0; i--) {
      if (uids.get(i) != 0) {
        assertThat(uids.get(i)).as("UIDs rise: %s", story()).isLessThan(uid);
        break;
      }
    }
  }

  private static Set<String> flagSet(String flags) {
    var all = new TreeSet<String>();
    Arrays.stream(flags.split(" ")).filter(flag -> !flag.isEmpty()).forEach(all::add);
    return all;
  }

  /** Numbers or UIDs of a search, in the moment it was answered. */
  void found(List<Long> found, boolean uid) {
    for (long one : found) {
      if (uid) {
        assertThat(gone).as("UID SEARCH finds what is there: %s", story()).doesNotContain(one);
      } else {
        assertThat(one).as(story()).isBetween(1L, (long) count());
      }
    }
  }
}
