package dev.postroom.queue;

/** What can be done with entries of the queue. */
public sealed interface QueueAction {
  /** Keeps them back until they are released. */
  record Hold(String reason) implements QueueAction {}

  /**
   * Lets them go, at once; standing holds apply to them no more, but for those of somebody above.
   */
  record Release() implements QueueAction {}

  /** Has the next attempt made now. What is held stays held. */
  record Retry() implements QueueAction {}

  /**
   * Sends them to another host, for administrators.
   *
   * @param route {@code host:port}; empty: where the DNS says, again
   */
  record Reroute(String route) implements QueueAction {}

  /**
   * Removes them.
   *
   * @param report the sender is told
   */
  record Drop(boolean report) implements QueueAction {}

  /** For the audit log: {@code messages.held}. */
  default String past() {
    return switch (this) {
      case Hold _ -> "held";
      case Release() -> "released";
      case Retry() -> "retried";
      case Reroute _ -> "rerouted";
      case Drop _ -> "dropped";
    };
  }

  /** For the audit log. */
  default String detail() {
    return switch (this) {
      case Hold(var reason) -> reason;
      case Release(), Retry() -> "";
      case Reroute(var route) -> route.isEmpty() ? "as the DNS says, again" : "to " + route;
      case Drop(var report) -> report ? "the sender is told" : "nobody is told";
    };
  }
}
