package dev.postroom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.ShareLevel;
import dev.postroom.directory.Shares;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer shares a mailbox at a real browser. */
@PostroomTest
class SharingTest {
  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;
  @Inject Shares shares;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMailboxIsSharedChangedAndTakenBack(boolean javaScript) {
    var customer = people.customer();
    var domain = fixtures.domain(customer);
    var info = fixtures.mailbox(domain, "info");
    var ben = mailboxes.create(customer, domain.id(), "ben", "<b>Ben</b> & Co", 1L << 30);
    try (var visitor = javaScript ? Visitor.arrives() : Visitor.withoutJavaScript()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/mailboxes/" + info.id()).sees("Nobody.").follow("Share");
      visitor.seesHeading("Shared with").sees("Not shared yet");
      visitor.fill("Address", "somebody@elsewhere.example").press("Share");
      visitor.sees("no mailbox of the same customer");
      assertThat(visitor.value("Address")).isEqualTo("somebody@elsewhere.example");
      visitor.fill("Address", ben.address().toString());
      visitor.page().locator("#f-level").selectOption("FILE");
      visitor.page().locator("input[name=maySendAs]").check();
      visitor.press("Share").sees("Shared with " + ben.address() + ".");
      visitor.sees("<b>Ben</b> & Co").sees("Can read and file");
      assertThat(shares.list(customer, info.id()))
          .singleElement()
          .satisfies(
              share -> {
                assertThat(share.level()).isEqualTo(ShareLevel.FILE);
                assertThat(share.maySendAs()).isTrue();
              });
      visitor.follow(ben.address().toString()).seesHeading(ben.address().toString());
      assertThat(visitor.page().locator("#f-level").inputValue()).isEqualTo("FILE");
      visitor.page().locator("#f-level").selectOption("MANAGE");
      visitor.page().locator("input[name=maySendAs]").uncheck();
      visitor.press("Save").sees("Can manage").sees("Only as themselves");
      visitor.press("Remove").sees("No longer shared with " + ben.address() + ".");
      visitor.sees("Not shared yet");
      visitor.hadNoComplaints();
    }
    assertThat(shares.list(customer, info.id())).isEmpty();
  }
}
