package dev.postroom.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The API's way in for the command line on the server itself. */
@ConfigMapping(prefix = "postroom.api")
public interface ApiConfig {
  /**
   * The file that the server writes at its start for {@code postroom} on the command line: its
   * address and a token, an administrator's, that is good until the server stops. Only its own user
   * can read it.
   */
  @WithDefault("data/cli.json")
  Path localAccess();
}
