package dev.postroom.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Asks axe-core, inside the page, what WCAG 2.1 AA has against it. */
final class Accessibility {
  private static final String RULES =
      """
      async () => {
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
        const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
        return found.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.html));
      }""";

  private static final String AXE = source();

  private Accessibility() {}

  @SuppressWarnings("unchecked")
  static List<String> violations(Page page) {
    page.evaluate(AXE);
    return (List<String>) page.evaluate(RULES);
  }

  private static String source() {
    try (var stream = Accessibility.class.getResourceAsStream("/axe.min.js")) {
      return new String(
          Objects.requireNonNull(stream, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
