package dev.postroom.pop3;

import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.TranscriptRun;
import dev.postroom.testing.TranscriptSource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;

@PostroomTest
class Pop3TranscriptsTest {
  private static final String ONE = "Subject: one\r\n\r\nfirst\r\n";
  private static final String TWO = "Subject: two\r\n\r\n.\r\n..a\r\n.b.\r\nc\r\n";
  private static final String THREE = "Subject: three\r\nX-Empty:\r\n\r\n1\r\n\r\n3\r\n";

  @Inject Maildrops maildrops;

  @ParameterizedTest(name = "{0}")
  @TranscriptSource("pop3")
  void holdsTheConversation(TranscriptRun transcript) throws Exception {
    var mailbox = maildrops.with(ONE, TWO, THREE);
    var address = mailbox.address().toString();
    transcript.hold(
        maildrops.server(),
        Map.ofEntries(
            Map.entry("user", address),
            Map.entry("domain", address.substring(address.indexOf('@') + 1)),
            Map.entry("password", Fixtures.PASSWORD),
            Map.entry("user64", base64(address)),
            Map.entry("password64", base64(Fixtures.PASSWORD)),
            Map.entry("plain", base64("\0" + address + "\0" + Fixtures.PASSWORD)),
            Map.entry("wrong", base64("\0" + address + "\0wrong")),
            Map.entry("octets", "" + (ONE + TWO + THREE).length()),
            Map.entry("size1", "" + ONE.length()),
            Map.entry("size2", "" + TWO.length()),
            Map.entry("size3", "" + THREE.length())));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
