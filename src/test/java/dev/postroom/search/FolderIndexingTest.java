package dev.postroom.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.blob.Blobs;
import dev.postroom.message.MessageSummary;
import dev.postroom.search.Segment.Extent;
import dev.postroom.store.MailStore;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.NewMessage;
import dev.postroom.store.UidSet;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Settings;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The index follows the store, over a real database. Folders of four messages are indexed. */
@PostroomTest
class FolderIndexingTest {
  private static final String HEADER = "Subject: all have that\r\n\r\n";

  @Inject Segments segments;
  @Inject MailStore store;
  @Inject Blobs blobs;
  @Inject SearchMeters meters;
  @Inject AgroalDataSource dataSource;
  @Inject Fixtures fixtures;

  private final SearchConfig config =
      Settings.of(SearchConfig.class, "postroom.search.lag", "4", "postroom.search.share", "100");
  private FolderIndexing indexing;
  private Indexer indexer;
  private MailboxStore mailbox;
  private Folder inbox;

  @BeforeEach
  void openNewMailbox() {
    indexing = new FolderIndexing(segments, store, blobs, config, meters);
    indexer = new Indexer(segments, indexing, config, meters);
    mailbox = store.open(fixtures.mailbox(fixtures.domain(), "ann").id());
    inbox = folder("INBOX");
  }

  private Folder folder(String name) {
    return new Folder(mailbox.mailboxId(), mailbox.folder(name).orElseThrow().id());
  }

  private long append(String message) {
    var octets = message.getBytes(StandardCharsets.UTF_8);
    try (var writer = blobs.write()) {
      writer.write(octets);
      return mailbox.append(
          inbox.id(),
          new NewMessage(
              writer.keep(),
              MessageSummary.scan(new ByteArrayInputStream(octets)),
              Set.of(),
              Instant.EPOCH));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Each has a word of its own: its UID in letters. */
  private void append(int from, int to) {
    for (int i = from; i <= to; i++) {
      append(HEADER + "number n" + i + "n");
    }
  }

  private List<Extent> extents() {
    return segments.extents(inbox.id());
  }

  private List<Folder> lagging() {
    return segments.lagging(4, inbox.id(), segments.lastFolder());
  }

  private Findings find(String text) {
    return new TextIndex(segments, indexer, config, meters).find(inbox, text);
  }

  private static UidSet uids(long first, long last) {
    return new UidSet(List.of(new UidSet.Range(first, last)));
  }

  private void execute(String statement) {
    try (var connection = dataSource.getConnection();
        var prepared = connection.prepareStatement(statement)) {
      prepared.setLong(1, inbox.id());
      assertThat(prepared.executeUpdate()).isPositive();
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void whatFollowsIsJoinedToWhatIsThere() {
    append(1, 3);
    indexing.index(inbox);
    assertThat(extents()).as("too few").isEmpty();
    append(4, 4);
    indexing.index(inbox);
    assertThat(extents()).containsExactly(new Extent(1, 4, 4));
    append(5, 8);
    indexing.index(inbox);
    assertThat(extents()).containsExactly(new Extent(1, 8, 8));
    append(9, 12);
    indexing.index(inbox);
    assertThat(extents())
        .as("twice as large")
        .containsExactly(new Extent(1, 8, 8), new Extent(9, 12, 4));
    append(13, 16);
    indexing.index(inbox);
    assertThat(extents()).containsExactly(new Extent(1, 16, 16));

    append(17, 17);
    var findings = find("N9N");
    assertThat(findings.inBody(9)).isEqualTo(Finding.YES);
    assertThat(findings.inText(9)).isEqualTo(Finding.YES);
    assertThat(findings.inText(10)).isEqualTo(Finding.NO);
    assertThat(findings.inText(17)).isEqualTo(Finding.UNKNOWN);
    assertThat(find("have").inText(3)).isEqualTo(Finding.YES);
    assertThat(find("have").inBody(3)).isEqualTo(Finding.NO);
    assertThat(find("have that").inText(3)).isEqualTo(Finding.UNKNOWN);
    assertThat(find("have hat").inText(3)).isEqualTo(Finding.NO);
  }

  @Test
  void messagesThatAreGoneAreLeftOutWhenSegmentsAreJoined() {
    append(1, 4);
    indexing.index(inbox);
    mailbox.remove(inbox.id(), uids(2, 3));
    append(5, 8);
    indexing.index(inbox);
    assertThat(extents()).containsExactly(new Extent(1, 8, 6));
    assertThat(find("n1n").inText(1)).isEqualTo(Finding.YES);
    assertThat(find("n4n").inText(4)).isEqualTo(Finding.YES);
    assertThat(find("n8n").inText(8)).isEqualTo(Finding.YES);
    assertThat(find("n3n").inText(3)).as("is no longer there").isEqualTo(Finding.UNKNOWN);
  }

  @Test
  void anIndexOfMessagesThatAreGoneGoes() {
    append(1, 12);
    indexing.index(inbox);
    assertThat(lagging()).doesNotContain(inbox);
    mailbox.remove(inbox.id(), uids(1, 11));
    assertThat(lagging()).contains(inbox);
    indexing.index(inbox);
    assertThat(extents()).isEmpty();
    assertThat(lagging()).doesNotContain(inbox);
  }

  @Test
  void aFolderLagsByItsMessagesNotByItsUids() {
    append(1, 4);
    assertThat(lagging()).contains(inbox);
    indexing.index(inbox);
    append(5, 12);
    mailbox.remove(inbox.id(), uids(6, 11));
    assertThat(lagging()).doesNotContain(inbox);
  }

  @Test
  void manyMessagesMakeSeveralSegments() {
    int messages = SegmentBuilder.MAX_MESSAGES + 5;
    append(1, messages);
    indexing.index(inbox);
    assertThat(extents())
        .containsExactly(
            new Extent(1, SegmentBuilder.MAX_MESSAGES, SegmentBuilder.MAX_MESSAGES),
            new Extent(SegmentBuilder.MAX_MESSAGES + 1, messages, 5));
    var findings = find("n" + messages + "n");
    assertThat(findings.inText(1)).isEqualTo(Finding.NO);
    assertThat(findings.inText(messages)).isEqualTo(Finding.YES);
  }

  @Test
  void aMessageOfVeryManyTermsIsNotAnswered() {
    var text = new StringBuilder(HEADER);
    for (int i = 0; i <= SegmentBuilder.MAX_TERM_OCTETS_OF_MESSAGE / 8; i++) {
      text.append(1_000_000 + i).append("\r\n");
    }
    append(text.toString());
    append(2, 4);
    append("X-Long: " + "x".repeat(70_000) + "\r\n" + HEADER); // the store keeps no such header
    indexing.index(inbox);
    for (var word : List.of("1000000", "absent", "have")) {
      assertThat(find(word).inText(1)).isEqualTo(Finding.UNKNOWN);
      assertThat(find(word).inText(5)).isEqualTo(Finding.UNKNOWN);
    }
    assertThat(find("absent").inText(2)).isEqualTo(Finding.NO);
  }

  @Test
  void whatIsDamagedIsNoticedAndMadeAnew() {
    for (var column : List.of("terms", "postings")) {
      append(1, 4);
      indexing.index(inbox);
      execute(
          "update search_segment set "
              + column
              + " = insert("
              + column
              + ", length("
              + column
              + "), 1, '?') where folder_id = ?");
      assertThat(find("number").inBody(1)).isEqualTo(Finding.UNKNOWN);
      await().until(() -> find("number").inBody(1) == Finding.YES);
      execute("update search_segment set " + column + " = '' where folder_id = ?");
      assertThat(find("number").inBody(1)).isEqualTo(Finding.UNKNOWN);
      await().until(() -> find("number").inBody(1) == Finding.YES);
    }
  }

  @Test
  void anotherFormatIsMadeAnew() {
    append(1, 4);
    indexing.index(inbox);
    execute("update search_segment set terms = insert(terms, 1, 1, 'x') where folder_id = ?");
    assertThat(find("number").inBody(1)).isEqualTo(Finding.UNKNOWN);
    await().until(() -> find("number").inBody(1) == Finding.YES);
  }

  @Test
  void whatIsLostIsMadeAnewWhenItIsMissed() {
    append(1, 12);
    indexing.index(inbox);
    execute("delete from search_segment where folder_id = ?");
    var findings = find("number");
    for (int uid = 1; uid <= 12; uid++) {
      assertThat(findings.inBody(uid)).isEqualTo(Finding.UNKNOWN);
    }
    await().until(() -> find("number").inBody(12) == Finding.YES);
  }

  @Test
  void aHoleIsFilled() {
    append(1, 4);
    indexing.index(inbox);
    append(5, 16);
    mailbox.remove(inbox.id(), uids(1, 1));
    indexing.index(inbox);
    execute("delete from search_segment where folder_id = ? and first_uid = 1");
    append(17, 40);
    indexing.index(inbox);
    assertThat(find("number").inBody(2)).isEqualTo(Finding.YES);
    assertThat(find("number").inBody(40)).isEqualTo(Finding.YES);
  }

  @Test
  void whateverHappensNothingWrongIsSaid() {
    var random = new Random(4);
    var texts = new TreeMap<Long, String>();
    for (int step = 0; step < 150; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          for (int i = random.nextInt(9); i >= 0; i--) {
            var text = "body b" + random.nextInt(10) + "b b" + random.nextInt(10) + "b";
            texts.put(append("Subject: s" + random.nextInt(10) + "s\r\n\r\n" + text), text);
          }
        }
        case 2 -> {
          long first = 1 + random.nextLong(1 + texts.size() * 2L);
          mailbox.remove(inbox.id(), uids(first, first + random.nextInt(12)));
        }
        case 3, 4 -> indexing.index(inbox);
        default -> {
          var extents = extents();
          if (!extents.isEmpty() && random.nextInt(3) == 0) {
            segments.remove(inbox.id(), extents.get(random.nextInt(extents.size())));
          }
        }
      }
      saysNothingWrong("B" + random.nextInt(10) + "B", texts);
    }
    indexing.index(inbox);
    assertThat(saysNothingWrong("body", texts)).as("known for sure").isGreaterThan(20);
  }

  /** How many messages the index knows the answer of. */
  private int saysNothingWrong(String word, Map<Long, String> texts) {
    var askedOnly = Settings.of(SearchConfig.class, "postroom.search.lag", "1000000");
    var findings = new TextIndex(segments, indexer, askedOnly, meters).find(inbox, word);
    int known = 0;
    for (var message : mailbox.messages(inbox.id(), UidSet.ALL)) {
      boolean has = texts.getOrDefault(message.uid(), "").contains(word.toLowerCase(Locale.ROOT));
      var finding = findings.inBody(message.uid());
      assertThat(finding).isNotEqualTo(has ? Finding.NO : Finding.YES);
      known += finding == Finding.UNKNOWN ? 0 : 1;
    }
    return known;
  }

  @Test
  void theIndexGoesWithItsFolder() {
    append(1, 4);
    indexing.index(inbox);
    execute("delete from message where folder_id = ?");
    execute("delete from folder where id = ?");
    assertThat(extents()).isEmpty();
  }
}
