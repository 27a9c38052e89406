package dev.postroom.panel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a message, as people tell it.
 *
 * @param tone {@code good}, {@code warn}, {@code bad} or {@code calm}
 * @param next when it is tried again, null for never
 * @param facts for those who want to know exactly
 */
record Sentence(Instant at, String tone, String text, @Nullable Instant next, List<Fact> facts) {
  /** A technical detail and its name. */
  record Fact(String name, String value) {}

  Sentence {
    facts = facts.stream().filter(fact -> !fact.value().isEmpty()).toList();
  }

  public String icon() {
    return switch (tone) {
      case "good" -> "check";
      case "warn" -> "pause";
      case "bad" -> "alert";
      default -> "right";
    };
  }
}
