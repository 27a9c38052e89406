package dev.postroom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The checker itself: it would be of no use if it found nothing anywhere. */
class AccessibilityTest {
  @Test
  void aFieldWithoutLabelAndTextWithoutContrastAreFound() {
    try (var page = Chromium.browser().newPage()) {
      page.setContent(
          """
          <!doctype html><html lang="en"><title>x</title><main>
          <input><p style="color: #ccc; background: #fff">pale</p></main></html>""");
      assertThat(Accessibility.violations(page))
          .anyMatch(found -> found.startsWith("label:"))
          .anyMatch(found -> found.startsWith("color-contrast:"));
    }
  }
}
