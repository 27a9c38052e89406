package dev.postroom.net;

import java.net.InetAddress;
import java.util.Optional;

/** Decides who may connect at all. Asked on event loops: it answers at once, from memory. */
public interface Gate {
  /** Lets everybody in. */
  Gate OPEN = _ -> Optional.empty();

  /**
   * @param forGood whether waiting does not help
   * @param why for the client, in one line
   */
  record Closed(boolean forGood, String why) {}

  /** Empty when the client may connect. */
  Optional<Closed> ask(InetAddress client);
}
