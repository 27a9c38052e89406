package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
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
}
