package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.imap.syntax.ResponseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** RFC 9585 §4. */
class ProgressTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final ResponseWriter out = new ResponseWriter(told::write);
  private Instant now = Instant.parse("2026-02-01T10:00:00Z");
  private final InstantSource time = () -> now;

  private Progress progress(String tag) {
    Clock clock = time.withZone(ZoneOffset.UTC);
    return new Progress(tag, out, out::flush, clock, Duration.ofSeconds(10));
  }

  private String told() {
    var text = told.toString(StandardCharsets.US_ASCII);
    told.reset();
    return text;
  }

  @Test
  void itIsToldOnceInTenSeconds() throws IOException {
    var progress = progress("A001");
    now = now.plusMillis(9_999);
    progress.at(10, 1000);
    assertThat(told()).isEmpty();
    now = now.plusMillis(1);
    progress.at(454, 1000);
    progress.at(455, 1000);
    assertThat(told()).isEqualTo("* OK [INPROGRESS (\"A001\" 454 1000)] going on\r\n");
    now = now.plusSeconds(10);
    progress.at(999, 1000);
    assertThat(told()).isEqualTo("* OK [INPROGRESS (\"A001\" 999 1000)] going on\r\n");
  }

  @Test
  void whatIsDoneIsNotGoingOn() throws IOException {
    var progress = progress("A001");
    now = now.plusSeconds(60);
    progress.at(1000, 1000);
    progress.at(0, 0);
    assertThat(told()).isEmpty();
  }

  @Test
  void aTagThatWouldEndTheCodeIsNotTold() throws IOException {
    var progress = progress("a]b");
    now = now.plusSeconds(60);
    progress.at(1, 2);
    assertThat(told()).isEqualTo("* OK [INPROGRESS (NIL 1 2)] going on\r\n");
  }
}
