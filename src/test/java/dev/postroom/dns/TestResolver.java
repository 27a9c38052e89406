package dev.postroom.dns;

import dev.postroom.testing.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;

/** The real resolver for tests without the application. */
public final class TestResolver {
  private TestResolver() {}

  public static Resolver of(Map<String, String> settings) {
    return new DnsResolver(
        Settings.of(DnsConfig.class, settings), Clock.systemUTC(), new SimpleMeterRegistry());
  }
}
