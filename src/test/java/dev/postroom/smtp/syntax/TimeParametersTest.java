package dev.postroom.smtp.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.DeliverBy;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2852 §4 and RFC 4865 §4. */
class TimeParametersTest {
  @ParameterizedTest
  @CsvSource({
    "120;R,120,RETURN,false",
    "+120;rt,120,RETURN,true",
    "0;N,0,NOTIFY,false",
    "-3;NT,-3,NOTIFY,true",
    "999999999;N,999999999,NOTIFY,false",
    "-999999999;n,-999999999,NOTIFY,false",
  })
  void aTimeToDeliverByIsRead(String value, int seconds, DeliverBy.Mode mode, boolean traced) {
    assertThat(DeliverByTime.parse(value)).contains(new DeliverByTime(seconds, mode, traced));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "120",
        "120;",
        ";R",
        "120;X",
        "120;RTT",
        "120;T",
        "1000000000;R",
        "--1;N",
        "1 ;R"
      })
  void whatIsNoTimeToDeliverByIsRefused(String value) {
    assertThat(DeliverByTime.parse(value)).isEmpty();
  }

  @Property
  void anyNumberOfSecondsIsKept(@ForAll @IntRange(min = -999_999_999, max = 999_999_999) int n) {
    assertThat(DeliverByTime.parse(n + ";N")).get().extracting("seconds").isEqualTo(n);
  }

  @Test
  void anIntervalIsRead() {
    assertThat(ReleaseTime.interval("1")).contains(Duration.ofSeconds(1));
    assertThat(ReleaseTime.interval("999999999")).contains(Duration.ofSeconds(999_999_999));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "01", "-1", "1000000000", "1.5", "1h"})
  void whatIsNoIntervalIsRefused(String value) {
    assertThat(ReleaseTime.interval(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T08:00:00Z,2026-01-31T08:00:00Z",
    "2026-01-31t08:00:00z,2026-01-31T08:00:00Z",
    "2026-01-31T08:00:00.25+01:30,2026-01-31T06:30:00.25Z",
    "1996-12-19T16:39:57-08:00,1996-12-20T00:39:57Z",
    "2026-01-31T08:00:00-00:00,2026-01-31T08:00:00Z",
  })
  void aDateAndTimeIsRead(String value, Instant time) {
    assertThat(ReleaseTime.dateTime(value)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-31",
        "2026-01-31T08:00Z",
        "2026-01-31T08:00:00",
        "2026-01-31 08:00:00Z",
        "2026-02-31T08:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31T08:00:00+19:00",
        "+12026-01-31T08:00:00Z",
      })
  void whatIsNoDateAndTimeIsRefused(String value) {
    assertThat(ReleaseTime.dateTime(value)).isEmpty();
  }
}
