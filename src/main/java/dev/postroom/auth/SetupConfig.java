package dev.postroom.auth;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The first start. Read only while there is no account at all. */
@ConfigMapping(prefix = "postroom.setup")
public interface SetupConfig {
  /** The login of the administrator to create. */
  Optional<String> administratorLogin();

  /** The password of the administrator to create. */
  Optional<String> administratorPassword();

  /** An API token for the administrator, random and at least 32 characters long. */
  Optional<String> administratorToken();
}
