package dev.postroom.dns;

import java.util.List;

/** What the DNS said. */
public sealed interface Answer<T> {
  /**
   * @param authenticated DNSSEC validated (the AD bit of a server that is trusted to set it)
   */
  record Found<T>(List<T> records, boolean authenticated) implements Answer<T> {}

  /** The name exists without records of this type (RFC 2308 §2.2). */
  record NoData<T>() implements Answer<T> {}

  /** The name does not exist (RFC 2308 §2.1). */
  record NoSuchName<T>() implements Answer<T> {}

  /** No server answered, or none sensibly. Asking later may help. */
  record Trouble<T>(String why) implements Answer<T> {}

  /** The records, or none. For callers to whom every other outcome is the same. */
  default List<T> recordsOrNone() {
    return this instanceof Found<T> found ? found.records() : List.of();
  }
}
