package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.ShareLevel;
import dev.postroom.directory.Shares;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the panel and the API decide reaches sessions that are open. */
@PostroomTest
class SharedMailboxTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject TestSessions sessions;
  @Inject Fixtures fixtures;
  @Inject Shares shares;

  private MailboxInfo info;
  private MailboxInfo ben;

  @BeforeEach
  void aSharedMailbox() {
    var domain = fixtures.domain();
    info = fixtures.mailbox(domain, "info");
    ben = fixtures.mailbox(domain, "ben");
    share(ShareLevel.FILE);
  }

  private void share(ShareLevel level) {
    shares.put(Viewer.SERVER, info.id(), ben.address(), level, false);
  }

  private ImapClient selected() throws IOException {
    var client = sessions.connect();
    assertThat(client.send("LOGIN " + ben.address() + " " + Fixtures.PASSWORD).isOk()).isTrue();
    var selected = client.send("SELECT Shared/" + info.address() + "/INBOX");
    assertThat(selected.completion()).contains("READ-WRITE");
    return client;
  }

  @Test
  void whoIsInIdleIsSentAwayWhenSharingEnds() throws IOException {
    try (var client = selected()) {
      client.write("i IDLE\r\n");
      assertThat(client.response()).startsWith("+");
      shares.remove(Viewer.SERVER, info.id(), ben.address());
      assertThat(client.hears(SOON)).isTrue();
      assertThat(client.response()).startsWith("* BYE you may not read");
    }
  }

  @Test
  void fewerRightsHoldForTheNextCommand() throws IOException {
    try (var client = selected()) {
      share(ShareLevel.READ);
      var expunged = client.send("EXPUNGE");
      assertThat(expunged.untagged()).anyMatch(line -> line.contains("[PERMANENTFLAGS ()]"));
      assertThat(expunged.isOk()).isFalse();
      share(ShareLevel.MANAGE);
      assertThat(client.send("CREATE Shared/" + info.address() + "/New/Below").isOk()).isTrue();
      assertThat(client.send("CREATE Shared/" + info.address() + "/Shared/y").completion())
          .as("its owner could not reach it")
          .contains("[CANNOT]");
      assertThat(client.send("DELETE Shared/" + info.address() + "/New/Below").isOk()).isTrue();
      shares.remove(Viewer.SERVER, info.id(), ben.address());
      assertThat(client.send("FETCH 1 FLAGS").untagged())
          .anyMatch(line -> line.startsWith("* BYE"));
    }
  }
}
