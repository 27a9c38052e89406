package dev.postroom.imap;

import dev.postroom.imap.syntax.ResponseWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells a client that waits long how far its command is (RFC 9585 §4). */
final class Progress {
  /** Takes what was written to the client at once. */
  interface Flush {
    void now() throws IOException;
  }

  private final String tag;
  private final ResponseWriter out;
  private final Flush flush;
  private final Clock clock;
  private final Duration pause;
  private Instant last;

  Progress(ImapSession session, String tag) {
    this(
        tag,
        session.out(),
        session::flush,
        session.services().clock,
        session.services().config.progress());
  }

  Progress(String tag, ResponseWriter out, Flush flush, Clock clock, Duration pause) {
    this.tag = tag;
    this.out = out;
    this.flush = flush;
    this.clock = clock;
    this.pause = pause;
    this.last = clock.instant();
  }

  /** To be called between responses, as often as is convenient. */
  void at(int done, int goal) throws IOException {
    var now = clock.instant();
    // RFC 9585 §4: not where all is done
    if (done >= goal || now.isBefore(last.plus(pause))) {
      return;
    }
    last = now;
    out.raw("* OK [INPROGRESS (");
    if (tag.indexOf(']') >= 0) {
      out.raw("NIL"); // RFC 9585 §4
    } else {
      out.string(tag);
    }
    out.raw(' ').number(done).raw(' ').number(goal).raw(")] going on").crlf();
    flush.now();
  }
}
