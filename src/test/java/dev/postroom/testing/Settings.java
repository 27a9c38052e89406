package dev.postroom.testing;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Configuration for tests without the application: the defaults, and what a test sets. */
public final class Settings {
  private Settings() {}

  /**
   * @param nameThenValue settings in full: {@code "postroom.dns.timeout", "1s"}
   */
  public static <T> T of(Class<T> mapping, String... nameThenValue) {
    var values = new java.util.HashMap<String, String>();
    for (int i = 0; i < nameThenValue.length; i += 2) {
      values.put(nameThenValue[i], nameThenValue[i + 1]);
    }
    return of(mapping, values);
  }

  public static <T> T of(Class<T> mapping, Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(mapping)
        .withDefaultValues(values)
        .build()
        .getConfigMapping(mapping);
  }
}
