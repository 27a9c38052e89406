package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One client that does as it likes, in one folder after the other, and checks each answer. */
final class StressSession implements AutoCloseable {
  /** What a client turns on decides how it is told of changes. */
  enum Kind {
    PLAIN("NOTHING"),
    QRESYNC("QRESYNC"),
    REV2("IMAP4rev2");

    private final String capability;

    Kind(String capability) {
      this.capability = capability;
    }
  }

  private static final Pattern STABLE = Pattern.compile("(FETCH|STORE|SEARCH|SORT|THREAD) .*");
  private static final Pattern APPENDED = Pattern.compile("OK \\[APPENDUID \\d+ (\\d+)].*");
  private static final Pattern COPIED = Pattern.compile(".*\\[COPYUID \\d+ (\\S+) (\\S+)].*");
  private static final Pattern SEARCH = Pattern.compile("\\* SEARCH((?: \\d+)*)");
  private static final Pattern ESEARCH = Pattern.compile("\\* ESEARCH .*\\bALL ([0-9:,]+).*");
  private static final String[] FLAGS = {"\\Seen", "\\Flagged", "\\Answered", "$Work"};
  private static final Predicate<String> EARLIER =
      response -> response.startsWith("* VANISHED (EARLIER)");
  private static final int MANY = 200;

  private final ImapClient client;
  private final StressLedger ledger;
  private final List<String> folders;
  private final Random random;
  private final boolean byUid;
  private final Map<String, StressModel> left = new HashMap<>();
  private StressModel model;

  StressSession(
      ImapClient client,
      String login,
      Kind kind,
      StressLedger ledger,
      List<String> folders,
      Random random)
      throws IOException {
    this.client = client;
    this.ledger = ledger;
    this.folders = folders;
    this.random = random;
    this.byUid = kind == Kind.QRESYNC;
    assertThat(client.send(login).isOk()).isTrue();
    assertThat(client.send("ENABLE " + kind.capability).isOk()).isTrue();
    this.model = select(anyFolder());
  }

  StressModel model() {
    return model;
  }

  private String anyFolder() {
    return folders.get(random.nextInt(folders.size()));
  }

  private StressModel select(String folder) throws IOException {
    var kept = left.remove(folder);
    if (kept != null && random.nextBoolean()) {
      return resume(kept);
    }
    model = new StressModel(folder, ledger, byUid);
    send("SELECT " + folder);
    return model;
  }

  /** Learns what has changed since (RFC 7162 §3.2.5): VANISHED stands before what it shifts. */
  private StressModel resume(StressModel kept) throws IOException {
    model = StressModel.resumed(kept);
    var command = "SELECT %s (QRESYNC (%s))".formatted(kept.folder, kept.known());
    var answer = client.send(command);
    model.note(command);
    answer.untagged().stream().filter(EARLIER).forEach(line -> model.hear(line, false));
    answer.untagged().stream().filter(EARLIER.negate()).forEach(line -> model.hear(line, false));
    assertThat(answer.completion()).as(model.story()).startsWith("OK");
    return model;
  }

  /** The folder that is selected, as far as it can be taken up again later. */
  private void leave() throws IOException {
    send("UID FETCH 1:* (UID FLAGS)");
    if (model.canBeResumed()) {
      left.put(model.folder, model);
    }
  }

  /** Asks for news, and then for all there is to know: nothing of it may be a surprise. */
  StressModel settled() throws IOException {
    send("NOOP");
    var told = Map.copyOf(model.flags());
    var uids = model.uids();
    send("UID FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])");
    assertThat(model.flags()).as(model.story()).containsAllEntriesOf(told);
    assertThat(model.uids()).as(model.story()).hasSameSizeAs(uids);
    return model;
  }

  void doSomething() throws IOException {
    switch (random.nextInt(20)) {
      case 0 -> {
        leave();
        select(anyFolder());
      }
      case 1, 2, 3 -> append();
      case 4 -> hear("IDLE", client.idle(Duration.ofMillis(random.nextInt(1, 200))));
      case 5 -> status();
      default -> withMessages();
    }
  }

  private void append() throws IOException {
    var message = ledger.newMessage();
    int lines = random.nextInt(8) == 0 ? 500 : 3;
    var text = "Subject: " + message + "\r\n\r\n" + "One line of the text.\r\n".repeat(lines);
    var folder = anyFolder();
    int size = text.getBytes(StandardCharsets.US_ASCII).length;
    var answer = send("APPEND %s (%s) {%d+}\r\n%s".formatted(folder, flag(), size, text));
    var appended = APPENDED.matcher(answer.completion());
    assertThat(appended.matches()).as(answer.completion()).isTrue();
    ledger.stands(folder, Long.parseLong(appended.group(1)), message);
  }

  private void status() throws IOException {
    send("STATUS " + anyFolder() + " (MESSAGES UNSEEN UIDNEXT SIZE)");
  }

  private void withMessages() throws IOException {
    int count = model.count();
    if (count == 0) {
      send("NOOP");
    } else if (count > MANY) {
      send("STORE 1:" + count / 3 + " +FLAGS.SILENT (\\Deleted)");
      model.forgetFlags();
      send("EXPUNGE");
    } else {
      var command = onMessages(1 + random.nextInt(count), 1 + random.nextInt(count));
      send(command);
      if (command.contains(".SILENT")) {
        model.forgetFlags();
      }
    }
  }

  private String onMessages(int a, int b) {
    boolean uid = random.nextBoolean() && model.isKnown(a);
    var prefix = uid ? "UID " : "";
    var set = uid ? model.uid(a) + (random.nextInt(4) == 0 ? ":*" : "") : a + ":" + b;
    var one = uid ? "" + model.uid(a) : "" + a;
    return switch (random.nextInt(22)) {
      case 0 -> "NOOP";
      case 1 -> "EXPUNGE";
      case 2 -> uid ? "UID EXPUNGE " + set : "CHECK";
      case 3 -> prefix + "STORE " + set + " +FLAGS (" + flag() + ")";
      case 4 -> prefix + "STORE " + set + " -FLAGS.SILENT (" + flag() + ")";
      case 5 -> prefix + "STORE " + one + " FLAGS (\\Deleted " + flag() + ")";
      case 6 -> prefix + "FETCH " + set + " (UID FLAGS)";
      case 7 -> prefix + "FETCH " + set + " (UID RFC822.SIZE ENVELOPE)";
      case 8 -> prefix + "FETCH " + one + " (UID BODY.PEEK[])";
      case 9 -> prefix + "FETCH " + one + " (UID BODY[TEXT])";
      case 10 -> prefix + "SEARCH " + (uid ? "" : set + " ") + "UNSEEN SUBJECT message";
      case 11 -> prefix + "SEARCH TEXT \"of the text\"";
      case 12 -> prefix + "COPY " + one + " " + anyFolder();
      case 13 -> prefix + "MOVE " + one + " " + anyFolder();
      case 14 -> prefix + "SORT (REVERSE DATE) UTF-8 " + (uid ? "" : set + " ") + "ALL";
      case 15 -> prefix + "THREAD REFERENCES UTF-8 " + (uid ? "" : set + " ") + "ALL";
      case 16 -> prefix + "SEARCH RETURN (SAVE ALL COUNT) " + (uid ? "" : set + " ") + "UNSEEN";
      case 17 -> "UID FETCH $ (UID FLAGS)";
      case 18 -> "UID STORE $ +FLAGS (" + flag() + ")";
      case 19 -> "UID MOVE $ " + anyFolder();
      case 20 -> "FETCH " + set(a, b) + " (BODY.PEEK[HEADER.FIELDS (SUBJECT)] UID)";
      default -> "UID FETCH 1:* (UID FLAGS)";
    };
  }

  private static String set(int a, int b) {
    return a == b ? "" + a : a + "," + b;
  }

  private String flag() {
    return FLAGS[random.nextInt(FLAGS.length)];
  }

  private ImapClient.Answer send(String command) throws IOException {
    var answer = client.send(command);
    hear(command, answer);
    return answer;
  }

  private void hear(String command, ImapClient.Answer answer) {
    model.note(command);
    boolean stable = STABLE.matcher(command).matches();
    for (var response : answer.untagged()) {
      model.hear(response, stable);
      hearFound(response, command.startsWith("UID "));
      hearCopied(command, response);
    }
    hearCopied(command, answer.completion());
    model.hear(answer.completion(), false);
    assertThat(answer.completion()).as(model.story()).startsWith("OK");
  }

  private void hearFound(String response, boolean uid) {
    var search = SEARCH.matcher(response);
    if (search.matches()) {
      model.found(
          Arrays.stream(search.group(1).split(" "))
              .filter(number -> !number.isEmpty())
              .map(Long::valueOf)
              .toList(),
          uid);
    }
    var extended = ESEARCH.matcher(response);
    if (extended.matches()) {
      model.found(new ImapSet(extended.group(1)).uids(), uid);
    }
  }

  private void hearCopied(String command, String response) {
    var copied = COPIED.matcher(response);
    if (copied.matches()) {
      var from = new ImapSet(copied.group(1)).uids();
      var to = new ImapSet(copied.group(2)).uids();
      assertThat(from).as(response).hasSameSizeAs(to);
      var target = command.substring(command.lastIndexOf(' ') + 1);
      for (int i = 0; i < from.size(); i++) {
        ledger.copied(model.folder, from.get(i), target, to.get(i));
      }
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
