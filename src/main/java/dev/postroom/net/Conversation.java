package dev.postroom.net;

import java.io.IOException;

/** What a listener does with each connection, on a virtual thread of its own. */
@FunctionalInterface
public interface Conversation {
  /**
   * Holds the whole conversation, or up to where it {@linkplain Wire#goOnAfter goes on} later; the
   * wire is closed when it returns or throws. What the wire throws is how conversations end and may
   * be passed on; anything else is logged as our bug.
   */
  void hold(Wire wire) throws IOException;
}
