package dev.postroom.bench;

import java.util.List;

/** Something to measure. */
interface Work {
  String name();

  /** What is measured one after the other, each on both sides in turns. */
  List<String> variants(Setting setting);

  /** Some works have no peer. */
  default boolean worksOn(Side side) {
    return true;
  }

  /** Prepares a side, once, before anything is measured. */
  default void prepare(Side side, Setting setting) {}

  void run(Run run);

  /** Takes back what {@link #prepare} holds open. */
  default void finish(Side side) {}
}
