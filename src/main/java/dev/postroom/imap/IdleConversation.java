package dev.postroom.imap;

import dev.postroom.net.WireTimeoutException;
import java.io.IOException;
import java.util.Locale;

/** IDLE (RFC 2177): tells what changes until the client says DONE. */
record IdleConversation(ImapSession session) {
  private static final int MAX_LINE = 1024;

  Completion idle() throws IOException {
    var config = session.services().config;
    session.out().raw("+ idling").crlf();
    long silentSince = System.nanoTime();
    while (true) {
      if (!session.isWelcome() || !tellChanges()) {
        return Completion.ok("IDLE done"); // and so is the conversation
      }
      session.out().flush();
      switch (session.wire().await(config.stillHere())) {
        case INPUT -> {
          var line = session.wire().readLine(MAX_LINE).text();
          return line.strip().toUpperCase(Locale.ROOT).equals("DONE")
              ? Completion.ok("IDLE done")
              : Completion.bad("CLIENTBUG", "DONE ends IDLE");
        }
        case NUDGED -> {
          // told at the top
        }
        case TIMED_OUT -> {
          if (System.nanoTime() - silentSince > config.idleTimeout().toNanos()) {
            throw new WireTimeoutException("idle for too long");
          }
          session.out().untagged("OK still here");
        }
      }
    }
  }

  /** False when the conversation ended over it. */
  private boolean tellChanges() throws IOException {
    if (session.state() instanceof State.Selected(_, var folder)) {
      session.tellChanges(folder, true);
    }
    return !(session.state() instanceof State.LoggedOut);
  }
}
