package dev.postroom.bulk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Messages to many recipients. */
@ConfigMapping(prefix = "postroom.bulk")
public interface BulkConfig {
  /** Recipients of one job. */
  @WithDefault("100000")
  int maxRecipients();

  /** Jobs of one account that are not over, those that pause included. */
  @WithDefault("20")
  int openJobs();

  /** Recipients of these jobs together. */
  @WithDefault("500000")
  int openRecipients();

  /** To how many recipients a minute a job sends at most; it may ask for fewer. */
  @WithDefault("6000")
  int ratePerMinute();

  /**
   * How many percent of a limit of sending bulk mail may use; the rest is left for other mail of
   * the same sender.
   */
  @WithDefault("80")
  int share();

  /** How often the next recipients go into the queue ({@code off} for never). */
  @WithDefault("1s")
  String every();

  /** How many recipients go into the queue in one transaction. */
  @WithDefault("500")
  int batch();

  /** How long an address whose mailbox does not exist gets no bulk mail. */
  @WithDefault("180d")
  Duration suppressFor();

  /** How long a job that is over is shown, with its recipients. */
  @WithDefault("90d")
  Duration keepJobs();
}
