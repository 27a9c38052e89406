package dev.postroom.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.MailAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "1023, '1,023 bytes'",
    "1024, 1 KB",
    "1536, 1.5 KB",
    "104857600, 100 MB",
    "1073741823, 1 GB",
    "1073741824, 1 GB",
    "2684354560, 2.5 GB",
    "1125899906842624, 1 PB",
    "9223372036854775807, '8,192 PB'"
  })
  void sizesAreRoundedTheWayPeopleSayThem(long octets, String words) {
    assertThat(Words.size(octets)).isEqualTo(words);
  }

  @Test
  void countsAgreeWithTheirNumber() {
    assertThat(Words.count(0, "mailbox", "mailboxes")).isEqualTo("no mailboxes");
    assertThat(Words.count(1, "mailbox", "mailboxes")).isEqualTo("1 mailbox");
    assertThat(Words.count(5000, "mailbox", "mailboxes")).isEqualTo("5,000 mailboxes");
  }

  @Test
  void addressesAreWrittenWithTheirLetters() {
    assertThat(Words.address(MailAddress.parse("anna@xn--blten-lva.test")))
        .isEqualTo("anna@blüten.test");
    assertThat(Words.address(MailAddress.parse("\"a@b\"@example.test")))
        .isEqualTo("\"a@b\"@example.test");
  }

  @Test
  void timesSayTheirZone() {
    var instant = Instant.parse("2026-03-01T09:05:07.123456Z");
    assertThat(Words.moment(instant)).isEqualTo("1 Mar 2026, 09:05 UTC");
    assertThat(Words.iso(instant)).isEqualTo("2026-03-01T09:05:07Z");
  }
}
