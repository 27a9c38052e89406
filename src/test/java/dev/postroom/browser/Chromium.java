package dev.postroom.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One Chromium for all browser tests, started when the first of them asks. */
final class Chromium {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static Playwright playwright;
  private static Browser browser;

  private Chromium() {}

  /**
   * Fails, rather than skips, where there is no Chromium: a test that did not run proves nothing.
   */
  static synchronized Browser browser() {
    if (browser == null) {
      if (!Files.isExecutable(PROGRAM)) {
        throw new IllegalStateException(
            "The browser tests need " + PROGRAM + ": install it with 'apt-get install chromium'");
      }
      var options =
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
      playwright = Playwright.create(options);
      browser =
          playwright
              .chromium()
              .launch(new BrowserType.LaunchOptions().setExecutablePath(PROGRAM).setArgs(FLAGS));
      Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    }
    return browser;
  }
}
