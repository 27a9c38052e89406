package dev.postroom.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Clients that do harm. */
@ConfigMapping(prefix = "postroom.guard")
public interface GuardConfig {
  /** Whether clients are judged; the lists hold in any case. */
  @WithDefault("true")
  boolean enabled();

  /** Networks that are always let in and never judged. */
  @WithDefault("127.0.0.0/8,::1")
  List<String> allow();

  /** Networks that are never let in. Of two entries that meet, the narrower one holds. */
  Optional<List<String>> deny();

  /** What each offence counts. */
  Points points();

  /** After this time a client's points count half. */
  @WithDefault("10m")
  Duration halfLife();

  /** From so many points on a client is kept waiting. */
  @WithDefault("30")
  int slowAt();

  /** How long it waits for the greeting and for each reply to something wrong. */
  @WithDefault("3s")
  Duration delay();

  /** From so many points on a client is banned. */
  @WithDefault("100")
  int banAt();

  /** How long the first ban lasts; each further one lasts twice as long. */
  @WithDefault("10m")
  Duration firstBan();

  /** How long a ban lasts at most. */
  @WithDefault("1d")
  Duration longestBan();

  /** How long after its end a ban is remembered, so that the next one is longer. */
  @WithDefault("7d")
  Duration memory();

  /** How many clients have points, and how many are banned, at the same time. */
  @WithDefault("100000")
  int clients();

  /** How often rules that other processes made are read. */
  @WithDefault("30s")
  String reloadEvery();

  /** The points of each offence. */
  interface Points {
    /** A wrong name or password, in any protocol. */
    @WithDefault("5")
    int failedLogin();

    /**
     * A recipient that is unknown here, or elsewhere; counted at the end of a transaction, once
     * when it has a good recipient, too, and not at all in reports (the null reverse-path).
     */
    @WithDefault("4")
    int wrongRecipient();

    /** A command that cannot be. */
    @WithDefault("2")
    int protocolError();

    /** Something said before the greeting of SMTP. */
    @WithDefault("20")
    int earlyTalk();

    /** A message that was taken, or a good login, takes away so many. */
    @WithDefault("5")
    int forgiven();
  }
}
