package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mon, 5 Jan 2026 09:05:06 +0100 | 2026-01-05",
        "05 january 2026 | 2026-01-05",
        "Mon, 5 Jan 26 09:05 EST | 2026-01-05",
        "5 Jan 98 | 1998-01-05",
        "5 Jan 126 | 2026-01-05",
        "Thu,\t29  Feb 2024 00:00:00 (leap) | 2024-02-29",
        "05-Jan-2026 | 2026-01-05",
      })
  void theDayIsTheOneWritten(String date, LocalDate day) {
    assertThat(MessageDate.dayWritten(date)).contains(day);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "30 Feb 2026", "5 Foo 2026", "2026-01-05", "99 Jan 2026"})
  void whatIsNoDayIsNone(String date) {
    assertThat(MessageDate.dayWritten(date)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 31 Dec 2000 16:01:33 -0800|2001-01-01T00:01:33Z",
        "31 Dec 2000 16:01 +0130|2000-12-31T14:31:00Z",
        "31 Dec 00 16:01:33 EST|2000-12-31T21:01:33Z",
        "31 Dec 2000 16:01:33 GMT (really)|2000-12-31T16:01:33Z",
        "31 Dec 2000 16:01:33 Z|2000-12-31T16:01:33Z",
        "31 Dec 2000 16:01:33 nowhere|2000-12-31T16:01:33Z",
        "31 Dec 2000 16:01:33|2000-12-31T16:01:33Z",
        "31 Dec 2000 16:01:60 +0000|2000-12-31T16:02:00Z",
        "31 Dec 2000 25:01:33 +0000|2000-12-31T00:00:00Z",
        "31 Dec 2000|2000-12-31T00:00:00Z",
      })
  void theMomentThatIsMeantIsInUtc(String date, Instant moment) {
    assertThat(MessageDate.sent(date)).contains(moment);
  }

  @Test
  void withoutADayThereIsNoMoment() {
    assertThat(MessageDate.sent("yesterday at 10:00:00 +0000")).isEmpty();
    assertThat(MessageDate.sent("31 Feb 2000 10:00:00 +0000")).isEmpty();
    assertThat(MessageDate.sent("")).isEmpty();
  }
}
