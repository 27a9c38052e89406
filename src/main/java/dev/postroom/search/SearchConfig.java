package dev.postroom.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The full-text index behind SEARCH TEXT and BODY, and how it follows the store. */
@ConfigMapping(prefix = "postroom.search")
public interface SearchConfig {
  /**
   * How often it is looked which folders are to be indexed, 20,000 at a time; {@code off} for
   * never: then only those are indexed that somebody searches.
   */
  @WithDefault("20s")
  String every();

  /**
   * How many messages of a folder may be missing in its index: they are read when somebody searches
   * the folder. Smaller folders are not indexed.
   */
  @WithDefault("64")
  int lag();

  /** The share of one processor, in percent, that indexing may take: 1 to 100. */
  @WithDefault("25")
  int share();

  /** How many folders may wait to be indexed; more are found again at a later look. */
  @WithDefault("1000")
  int queue();
}
