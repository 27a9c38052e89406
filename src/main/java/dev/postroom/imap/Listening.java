package dev.postroom.imap;

import dev.postroom.net.WireTimeoutException;
import java.io.IOException;

/** Waits for what the client sends next, and tells it meanwhile what changes. */
record Listening(ImapSession session) {

  /**
   * @param numbersMayChange whether EXPUNGE may be told
   * @return false when the conversation ended over it
   */
  boolean untilInput(boolean numbersMayChange) throws IOException {
    var config = session.services().config;
    long silentSince = System.nanoTime();
    while (!session.wire().hasInput()) {
      if (!session.isWelcome() || !tellNews(numbersMayChange)) {
        return false;
      }
      session.out().flush();
      switch (session.wire().await(config.stillHere())) {
        case INPUT -> {
          return true;
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
    return true;
  }

  private boolean tellNews(boolean numbersMayChange) throws IOException {
    session.news().tell(numbersMayChange);
    return !(session.state() instanceof State.LoggedOut);
  }
}
