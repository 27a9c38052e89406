package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.blob.Blob;
import dev.postroom.blob.BlobId;
import dev.postroom.blob.BlobWriter;
import dev.postroom.blob.Blobs;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which items open blobs, and what happens when one cannot be opened. */
@PostroomTest
class FetchBlobsTest {
  @Inject TestSessions sessions;
  @Inject Blobs blobs;

  /** Counts what is opened; loses what it is told to. */
  private final class Watched implements Blobs {
    private final AtomicInteger opened = new AtomicInteger();
    private int lost = -1;

    @Override
    public BlobWriter write() throws IOException {
      return blobs.write();
    }

    @Override
    public Blob open(BlobId id) throws IOException {
      if (opened.getAndIncrement() == lost) {
        throw new NoSuchFileException(id.toString());
      }
      return blobs.open(id);
    }

    @Override
    public long sweep(Instant before, Function<Set<BlobId>, Set<BlobId>> referenced) {
      return 0;
    }

    @Override
    public void probe() {}
  }

  private final Watched watched = new Watched();

  private ImapClient inboxOf(int messages) throws IOException {
    var client = sessions.connectWith(watched, "postroom.imap.plaintext-login", "true");
    client.send(sessions.login());
    for (int i = 0; i < messages; i++) {
      client.send("APPEND INBOX {16+}\r\nSubject: " + (100 + i) + "\r\n\r\n");
    }
    client.send("SELECT INBOX");
    return client;
  }

  @Test
  void aPreviewOpensABlobOnceInItsLife() throws IOException {
    try (var client = inboxOf(5)) {
      assertThat(client.send("FETCH 1:* (PREVIEW (LAZY))").untagged()).hasSize(5);
      assertThat(watched.opened).hasValue(0);
      assertThat(client.send("FETCH 1:* PREVIEW").untagged()).hasSize(5);
      assertThat(watched.opened).hasValue(5);
      assertThat(client.send("FETCH 1:* PREVIEW").untagged()).contains("* 5 FETCH (PREVIEW \"\")");
      assertThat(watched.opened).hasValue(5);
    }
  }

  @Test
  void aPreviewThatCannotBeMadeIsEmptyAndMadeTheNextTime() throws IOException {
    watched.lost = 0;
    try (var client = inboxOf(0)) {
      client.send("APPEND INBOX {17+}\r\nSubject: x\r\n\r\nhi\n");
      // RFC 8970 §3.2: NIL only for LAZY
      assertThat(client.send("FETCH 1 PREVIEW").untagged()).contains("* 1 FETCH (PREVIEW \"\")");
      assertThat(client.send("FETCH 1 PREVIEW (LAZY)").untagged())
          .containsExactly("* 1 FETCH (PREVIEW NIL)");
      assertThat(client.send("FETCH 1 PREVIEW").untagged())
          .containsExactly("* 1 FETCH (PREVIEW \"hi\")");
    }
  }

  @Test
  void listsAndSearchesOfHeadersOpenNoBlob() throws IOException {
    try (var client = inboxOf(5)) {
      var all =
          "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE BODY.PEEK[HEADER]"
              + " BODY.PEEK[HEADER.FIELDS (SUBJECT)])";
      assertThat(client.send("FETCH 1:* " + all).untagged()).hasSize(5);
      assertThat(client.send("SEARCH SUBJECT 103 SMALLER 100 SINCE 1-Jan-2020").untagged())
          .containsExactly("* SEARCH 4");
      assertThat(watched.opened).hasValue(0);
      client.send("FETCH 1:2 BODY.PEEK[]");
      assertThat(watched.opened).hasValue(2);
      client.send("SEARCH SUBJECT 103 BODY x");
      assertThat(watched.opened).as("only for what the header leaves open").hasValue(3);
    }
  }

  @Test
  void aLostBlobHidesNoOtherMessage() throws IOException {
    watched.lost = 1;
    try (var client = inboxOf(3)) {
      var answer = client.send("FETCH 1:3 (UID BODY.PEEK[])");
      assertThat(answer.untagged()).hasSize(2);
      assertThat(answer.completion()).startsWith("NO [CORRUPTION]");
      assertThat(client.send("FETCH 2 (UID BODY.PEEK[])").isOk()).isTrue();
    }
  }

  @Test
  void aHeaderThatIsTooLongForTheIndexIsReadFromTheBlob() throws IOException {
    try (var client = inboxOf(0)) {
      var message =
          "Subject: long\r\nX-Fill: " + "x".repeat(70_000) + "\r\nX-Last: yes\r\n\r\nbody";
      client.send("APPEND INBOX {" + message.length() + "+}\r\n" + message);
      var fields = client.send("FETCH 1 BODY.PEEK[HEADER.FIELDS (X-LAST)]").untagged().getLast();
      assertThat(fields).contains("X-Last: yes\r\n\r\n");
      assertThat(client.send("SEARCH HEADER X-Last yes").untagged()).containsExactly("* SEARCH 1");
      assertThat(client.send("FETCH 1 BODY.PEEK[TEXT]").untagged().getFirst()).endsWith("body)");
    }
  }
}
