package dev.postroom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** Somebody at a browser of their own, with its own cookies. */
final class Visitor implements AutoCloseable {
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private Visitor(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.onConsoleMessage(
        message -> {
          // the browser reports a 4xx page as an error of its own
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  static Visitor arrives() {
    return with(new Browser.NewContextOptions());
  }

  static Visitor withoutJavaScript() {
    return with(new Browser.NewContextOptions().setJavaScriptEnabled(false));
  }

  static Visitor with(Browser.NewContextOptions options) {
    return new Visitor(Chromium.browser().newContext(options.setBaseURL(address())));
  }

  static String address() {
    var config = ConfigProvider.getConfig();
    return "http://localhost:" + config.getValue("quarkus.http.test-port", String.class);
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  Visitor signIn(String login, String password) {
    page.navigate("/login");
    fill("Login", login);
    fill("Password", password);
    press("Sign in");
    return this;
  }

  Visitor open(String path) {
    page.navigate(path);
    return this;
  }

  Visitor fill(String label, String value) {
    page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(value);
    return this;
  }

  Visitor choose(String label, String option) {
    page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).selectOption(option);
    return this;
  }

  Visitor press(String button) {
    role(AriaRole.BUTTON, button).click();
    return this;
  }

  Visitor signOut() {
    page.locator("details.who summary").click();
    return press("Sign out").sees("You have signed out");
  }

  /** Follows a link; links that look like buttons are buttons to screen readers, too. */
  Visitor follow(String link) {
    role(AriaRole.LINK, link).or(role(AriaRole.BUTTON, link)).first().click();
    return this;
  }

  private Locator role(AriaRole role, String name) {
    return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Visitor sees(String text) {
    return waitsFor(text, page.getByText(text));
  }

  Visitor seesHeading(String text) {
    var heading = new Page.GetByRoleOptions().setName(text);
    return waitsFor(text, page.getByRole(AriaRole.HEADING, heading));
  }

  /** A failure tells what the page shows in its place. */
  private Visitor waitsFor(String text, Locator wanted) {
    try {
      wanted.first().waitFor();
      return this;
    } catch (TimeoutError missing) {
      var shown = page.locator("main").first().innerText();
      throw new AssertionError(
          "no '%s' on %s, which shows: %s %s".formatted(text, page.url(), shown, complaints),
          missing);
    }
  }

  String value(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).inputValue();
  }

  /** Script errors and refusals of the content policy. */
  void hadNoComplaints() {
    assertThat(complaints).as("errors in the browser's console").isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
