package dev.postroom.imap;

import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.ShareLevel;
import dev.postroom.directory.Shares;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.TranscriptRun;
import dev.postroom.testing.TranscriptServer;
import dev.postroom.testing.TranscriptSource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Every conversation under {@code scripts/properties}: quota, annotations, rights. Each has the
 * mailboxes ann, ben and info of one customer and cho of another; ann's may hold 8 KiB. Where the
 * name begins with {@code shared-}, ann may file and ben may read in all folders of info.
 */
@PostroomTest
class PropertyTranscriptTest {
  private static final long ANNS_QUOTA = 8 * 1024;

  @Inject TestSessions sessions;
  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;
  @Inject Shares shares;

  @ParameterizedTest
  @TranscriptSource("properties")
  void theServerSaysWhatTheTranscriptSays(TranscriptRun transcript) throws IOException {
    var server =
        new TranscriptServer(
            sessions.port("imap"),
            sessions.port("imaps"),
            PostroomServer.certificates().clientContext());
    var variables = variables();
    if (transcript.name().startsWith("shared-")) {
      share(variables, "ann", ShareLevel.FILE);
      share(variables, "ben", ShareLevel.READ);
    }
    transcript.hold(server, variables);
  }

  private void share(Map<String, String> variables, String guest, ShareLevel level) {
    var info =
        mailboxes.findByAddress(
            Viewer.SERVER, MailAddress.parse(variables.getOrDefault("info", "")));
    var address = MailAddress.parse(variables.getOrDefault(guest, ""));
    shares.put(Viewer.SERVER, info.id(), address, level, false);
  }

  private Map<String, String> variables() {
    var domain = fixtures.domain();
    var variables = new HashMap<String, String>();
    var ann = fixtures.mailbox(domain, "ann");
    mailboxes.update(Viewer.SERVER, ann.id(), "", ANNS_QUOTA);
    put(variables, "ann", ann.address());
    put(variables, "ben", fixtures.mailbox(domain, "ben").address());
    put(variables, "info", fixtures.mailbox(domain, "info").address());
    put(variables, "cho", fixtures.mailbox(fixtures.domain(), "cho").address());
    return variables;
  }

  private static void put(Map<String, String> variables, String name, MailAddress address) {
    variables.put(name, address.toString());
    variables.put(name + "Login", "LOGIN " + address + " " + Fixtures.PASSWORD);
  }
}
