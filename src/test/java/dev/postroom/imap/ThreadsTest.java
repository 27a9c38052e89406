package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.message.BaseSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * RFC 5256 §3: ids are single letters here, and messages are sent in the order of their numbers.
 */
class ThreadsTest {
  /** Sent at {@code sent}; references are letters, the last one the parent. */
  private record Mail(@Nullable String id, String references, String subject, long sent) {}

  private final List<Mail> mails = new ArrayList<>();

  private ThreadsTest mail(@Nullable String id, String references) {
    return mail(id, references, "");
  }

  private ThreadsTest mail(@Nullable String id, String references, String subject) {
    mails.add(new Mail(id, references, subject, mails.size()));
    return this;
  }

  private static ThreadNode node(int number, Mail mail) {
    var subject = BaseSubject.of(mail.subject());
    return ThreadNode.of(number, mail.sent(), subject.text(), subject.isReply());
  }

  private static String written(List<ThreadNode> threads) throws IOException {
    var octets = new ByteArrayOutputStream();
    var out = new ResponseWriter(octets::write);
    new ThreadWriter(out, false, new MessageNumbers(dev.postroom.store.FolderViews.of()))
        .write(threads);
    out.flush();
    return octets.toString(StandardCharsets.US_ASCII).strip();
  }

  private String byReferences() throws IOException {
    var threads = new ReferenceThreads();
    for (int i = 0; i < mails.size(); i++) {
      var mail = mails.get(i);
      var references =
          Arrays.stream(mail.references().split("")).filter(r -> !r.isEmpty()).toList();
      threads.add(node(i + 1, mail), mail.id(), references);
    }
    return written(threads.threads());
  }

  private String bySubject() throws IOException {
    var nodes = new ArrayList<ThreadNode>();
    for (int i = 0; i < mails.size(); i++) {
      nodes.add(node(i + 1, mails.get(i)));
    }
    return written(SubjectThreads.of(nodes));
  }

  @Test
  void nothingIsNoThread() throws IOException {
    assertThat(byReferences()).isEqualTo("* THREAD");
    assertThat(bySubject()).isEqualTo("* THREAD");
  }

  @Test
  void threadsAreWrittenAsTheRfcShows() throws IOException {
    // RFC 5256 §4: (2)(3 6 (4 23)(44 7 96)), in numbers that rise
    mail("a", "").mail("b", "").mail("c", "b").mail("d", "bc").mail("e", "bcd");
    mail("f", "bc").mail("g", "bcf").mail("h", "bcfg");
    assertThat(byReferences()).isEqualTo("* THREAD (1)(2 3 (4 5)(6 7 8))");
  }

  @Test
  void childrenOfAMessageThatIsNotThereStayTogether() throws IOException {
    mail("a", "x").mail("b", "x").mail("c", "y");
    assertThat(byReferences()).isEqualTo("* THREAD ((1)(2))(3)");
  }

  @Test
  void messagesThatAreNotThereLeaveNoGap() throws IOException {
    mail("a", "").mail("b", "axyz").mail("c", "axy");
    assertThat(byReferences()).isEqualTo("* THREAD (1 (2)(3))");
  }

  @Test
  void whatAMessageSaysOfItsParentGoesBeforeWhatOthersSay() throws IOException {
    mail("a", "").mail("b", "").mail("d", "ac").mail("c", "b");
    // the third says c is a's child; c itself says b's
    assertThat(byReferences()).isEqualTo("* THREAD (1)(2 4 3)");
  }

  @Test
  void theFirstOfSeveralWithTheSameIdHasIt() throws IOException {
    mail("a", "").mail("b", "").mail("a", "b").mail("c", "a").mail(null, "a").mail(null, "");
    assertThat(byReferences()).isEqualTo("* THREAD (1 (4)(5))(2 3)(6)");
  }

  @Test
  void loopsAreNotClosed() throws IOException {
    mail("a", "b").mail("b", "a").mail("c", "c").mail("d", "dd").mail("e", "gfe").mail("f", "ge");
    assertThat(byReferences()).isEqualTo("* THREAD (2 1)(3)(4)(5 6)");
  }

  @Test
  void repliesJoinTheThreadOfTheirSubject() throws IOException {
    mail("a", "", "Topic").mail("b", "", "Re: Topic").mail("c", "", "other").mail("d", "", "Topic");
    assertThat(byReferences()).isEqualTo("* THREAD ((1 2)(4))(3)");
  }

  @Test
  void repliesWithoutTheirMessageAreSiblings() throws IOException {
    mail("a", "", "Re: Topic").mail("b", "", "Re: Topic").mail("c", "", "Re: Topic");
    assertThat(byReferences()).isEqualTo("* THREAD ((1)(2)(3))");
  }

  @Test
  void dummiesOfTheSameSubjectBecomeOne() throws IOException {
    mail("a", "x", "Re: T").mail("b", "x", "Re: T").mail("c", "y", "Re: T").mail("d", "y", "Re: T");
    mail("e", "", "T");
    assertThat(byReferences()).isEqualTo("* THREAD ((1)(2)(3)(4)(5))");
  }

  @Test
  void theOriginalMayComeAfterItsReply() throws IOException {
    mail("a", "", "Re: Topic").mail("b", "", "Topic");
    assertThat(byReferences()).isEqualTo("* THREAD (2 1)");
  }

  @Test
  void siblingsAreSortedByDate() throws IOException {
    mails.add(new Mail("a", "", "", 5));
    mails.add(new Mail("b", "a", "", 9));
    mails.add(new Mail("c", "a", "", 7));
    mails.add(new Mail("d", "", "", 1));
    mails.add(new Mail("e", "x", "", 8));
    mails.add(new Mail("f", "x", "", 3));
    assertThat(byReferences()).isEqualTo("* THREAD (4)((6)(5))(1 (3)(2))");
  }

  @Test
  void subjectsMakeThreadsOfTwoLevels() throws IOException {
    mail("a", "", "B").mail("b", "", "A").mail("c", "", "Re: B").mail("d", "", "[x] b");
    mail("e", "", "Fwd: B").mail("f", "", "a");
    assertThat(bySubject()).isEqualTo("* THREAD (1 (3)(5))(2)(4)(6)");
  }

  /** Each message of the folder stands in the answer once. */
  @Property(tries = 3000)
  void noMessageIsLostOrDoubled(
      @ForAll @Size(max = 12) List<@IntRange(max = 6) Integer> ids,
      @ForAll @Size(min = 12, max = 12)
          List<@Size(max = 4) List<@IntRange(max = 6) Integer>> references,
      @ForAll @Size(min = 12, max = 12) List<@IntRange(max = 5) Integer> subjects)
      throws IOException {
    var some = List.of("", "T", "Re: T", "U", "Re: U", "[fwd: T]");
    mails.clear();
    for (int i = 0; i < ids.size(); i++) {
      var letters = new StringBuilder();
      references.get(i).forEach(r -> letters.append((char) ('a' + r)));
      var id = ids.get(i) == 6 ? null : String.valueOf((char) ('a' + ids.get(i)));
      mail(id, letters.toString(), some.get(subjects.get(i)));
    }
    for (var answer : List.of(byReferences(), bySubject())) {
      assertThat(
              Arrays.stream(answer.replaceAll("[^0-9]+", " ").strip().split(" "))
                  .filter(n -> !n.isEmpty())
                  .map(Integer::valueOf)
                  .sorted()
                  .toList())
          .isEqualTo(java.util.stream.IntStream.rangeClosed(1, ids.size()).boxed().toList());
    }
  }

  @Test
  void aChainOf100000IsNoTrouble() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          chain(i -> i);
          chain(i -> 99_999 - i);
          chain(i -> (i * 7919) % 100_000);
        });
  }

  private static void chain(java.util.function.IntUnaryOperator place) throws IOException {
    var threads = new ReferenceThreads();
    for (int i = 0; i < 100_000; i++) {
      int at = place.applyAsInt(i);
      var parents = at == 0 ? List.<String>of() : List.of("m" + (at - 1));
      threads.add(ThreadNode.of(i + 1, at, "", false), "m" + at, parents);
    }
    var all = threads.threads();
    assertThat(all).hasSize(1);
    assertThat(written(all)).hasSizeGreaterThan(500_000).doesNotContain(")(");
  }

  /** Chains of messages that are not there, and parents that are changed in the depth. */
  @Test
  void crookedReferencesCostNoTime() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          var threads = new ReferenceThreads();
          for (int i = 0; i < 30_000; i++) {
            threads.add(
                ThreadNode.of(i + 1, i, "", false),
                "m" + i,
                List.of("d" + i, "d" + (i + 1), "d" + (i + 2)));
          }
          for (int i = 0; i < 30_000; i++) {
            threads.add(
                ThreadNode.of(30_001 + i, i, "", false),
                "d" + (30_000 - i),
                List.of("m" + (i % 7), "c" + i, "d" + (i * 31 % 30_000)));
          }
          written(threads.threads());
        });
  }

  /** Each pair of references asks whether the end of a long chain is below its beginning. */
  @Test
  void referencesThatAskForTheWholeOfAChainCostNoTime() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          var threads = new ReferenceThreads();
          for (int i = 0; i < 90_000; i++) {
            threads.add(message(i), "m" + i, i == 0 ? List.of() : List.of("m" + (i - 1)));
          }
          var crafted = new ArrayList<String>();
          for (int i = 0; i < 50; i++) {
            crafted.add("m89999");
            crafted.add("m0");
          }
          for (int i = 90_000; i < 91_000; i++) {
            threads.add(message(i), "m" + i, crafted);
          }
          threads.add(message(91_000), "m91000", List.of("m0", "m1"));
          var all = threads.threads();
          assertThat(all).hasSize(1); // the last messages have found their parents
          written(all);
        });
  }

  private static ThreadNode message(int at) {
    return ThreadNode.of(at + 1, at, "", false);
  }

  @Test
  void theLastReferencesOfAMessageAreRead() throws IOException {
    for (int missing : new int[] {0, 1}) {
      var threads = new ReferenceThreads();
      threads.add(message(0), "a", List.of());
      var references = new ArrayList<>(List.of("a"));
      for (int i = 1; i < ReferenceThreads.MAX_REFERENCES + missing; i++) {
        references.add("x" + i);
      }
      threads.add(message(1), "b", references);
      assertThat(written(threads.threads()))
          .isEqualTo(missing == 0 ? "* THREAD (1 2)" : "* THREAD (1)(2)");
    }
  }

  @Test
  void idsThatNoMessageHasFillNoMemory() throws IOException {
    var threads = new ReferenceThreads();
    int count = 10 + ReferenceThreads.MAX_MISSING / ReferenceThreads.MAX_REFERENCES;
    for (int i = 0; i < count; i++) {
      var references = new ArrayList<String>();
      for (int j = 0; j < ReferenceThreads.MAX_REFERENCES; j++) {
        references.add(i + "." + j);
      }
      threads.add(message(i), "m" + i, references);
    }
    assertThat(threads.ids())
        .isBetween(ReferenceThreads.MAX_MISSING, ReferenceThreads.MAX_MISSING + count + 100);
    threads.add(message(count), "last", List.of("missing", "m0"));
    assertThat(written(threads.threads())).contains("(1 " + (count + 1) + ")");
  }
}
