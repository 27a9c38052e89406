package dev.postroom.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Sessions and what surrounds the pages. */
@ConfigMapping(prefix = "postroom.web")
public interface WebConfig {
  /** A session ends when nothing was asked of it for this long. */
  @WithDefault("8h")
  Duration sessionIdle();

  /** A session ends this long after its login, however busy it is. */
  @WithDefault("7d")
  Duration sessionLifetime();
}
