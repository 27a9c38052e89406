package dev.postroom.sending;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of what users send. */
@ConfigMapping(prefix = "postroom.sending")
public interface SendingConfig {
  /**
   * How often what was sent is written down and read again ({@code off} for never). A crash forgets
   * what was counted since; several processes let through what they accept in this time, too.
   */
  @WithDefault("1s")
  String saveEvery();

  /**
   * From how many percent of a limit on its owner gets a mail, once a day at most, and a note in
   * the panel; 0 for no such mail.
   */
  @WithDefault("80")
  int warnPercent();

  /** How many mailboxes' limits are kept in memory. */
  @WithDefault("100000")
  long rulesCacheSize();
}
