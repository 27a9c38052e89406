package dev.postroom.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The files that pages load. Their addresses carry a version made from their content, so that a
 * browser keeps them for a year and still sees a new release at once.
 */
@ApplicationScoped
public class Assets {
  private static final List<String> OURS =
      List.of("css/postroom.css", "js/postroom.js", "icons/sprite.svg", "icons/postroom.svg");
  private static final String WEBJARS = "pico-2.1.1 htmx-2.0.10";

  private final String version = versionOfContent();

  public String version() {
    return version;
  }

  private static String versionOfContent() {
    var sum = new CRC32();
    sum.update(WEBJARS.getBytes(StandardCharsets.UTF_8));
    for (var name : OURS) {
      sum.update(content("META-INF/resources/" + name));
    }
    return Long.toString(sum.getValue(), Character.MAX_RADIX);
  }

  private static byte[] content(String resource) {
    var loader = Thread.currentThread().getContextClassLoader();
    try (var stream = loader.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is missing from the application");
      }
      return stream.readAllBytes();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
