package dev.postroom.net;

import java.io.IOException;

/** What a listener does with each connection, on a virtual thread of its own. */
@FunctionalInterface
public interface Conversation {
  /** Holds the whole conversation; the wire is closed when it returns or throws. */
  void hold(Wire wire) throws IOException;
}
