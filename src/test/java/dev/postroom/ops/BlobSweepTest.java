package dev.postroom.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.blob.BlobConfig;
import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.message.MessageSummary;
import dev.postroom.store.MailStore;
import dev.postroom.store.NewMessage;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@PostroomTest
class BlobSweepTest {
  @Inject Blobs blobs;
  @Inject BlobConfig config;
  @Inject MailStore mail;
  @Inject Fixtures fixtures;
  @Inject BlobSweep sweep;

  /** Large enough for a file of its own, which has an age of its own. */
  private BlobId keep(String text) throws IOException {
    try (var writer = blobs.write()) {
      writer.write(text.getBytes(StandardCharsets.UTF_8));
      writer.write(new byte[Math.toIntExact(config.segmentLimit().asLongValue())]);
      return writer.keep();
    }
  }

  private Path aged(BlobId id, Duration age) throws IOException {
    try (var files = Files.walk(config.directory())) {
      var file = files.filter(f -> f.endsWith(id.name())).findFirst().orElseThrow();
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
      return file;
    }
  }

  @Test
  void onlyWhatIsOldAndNeededNowhereGoes() throws IOException {
    var text = "Subject: needed " + fixtures.unique("sweep") + "\r\n\r\n";
    var needed = keep(text);
    var summary =
        MessageSummary.scan(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    var mailbox = fixtures.mailbox(fixtures.domain(), "ann").id();
    mail.deliver(List.of(mailbox), new NewMessage(needed, summary, Set.of(), Instant.now()));
    var neededFile = aged(needed, Duration.ofHours(25));
    var young = aged(keep(fixtures.unique("young")), Duration.ofHours(23));
    var old = aged(keep(fixtures.unique("old")), Duration.ofHours(25));

    sweep.sweep();

    assertThat(neededFile).exists();
    assertThat(young).exists();
    assertThat(old).doesNotExist();
  }
}
