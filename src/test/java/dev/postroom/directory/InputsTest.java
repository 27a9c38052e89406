package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann",
        "Ann",
        " ann ",
        "a.b",
        "o'brien",
        "x_y-z",
        "a",
        "1",
        "r&d",
        "a=b~c",
        "ann+shop"
      })
  void localPartsThatPeopleUseAreTaken(String text) {
    assertThat(Inputs.localPart(text)).isEqualTo(text.strip().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".ann", "ann.", "a..b", "a b", "a%b", "a!b", "a/b", "a@b", "\"ann\"", "bücher",
        "a\nb", "a\0b", "a*", "a,b", "(ann)", "İ"
      })
  void localPartsThatMeanSomethingElseAreRefused(String text) {
    assertProblem(() -> Inputs.localPart(text), "localPart");
  }

  @Test
  void aLocalPartHas64Octets() {
    assertThat(Inputs.localPart("a".repeat(64))).hasSize(64);
    assertProblem(() -> Inputs.localPart("a".repeat(65)), "localPart");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "ANN", "a", "4u", "ann.lee", "ann_lee-2"})
  void loginsAreTaken(String text) {
    assertThat(Inputs.login(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ann@example.org", "-ann", ".ann", "a b", "ann\n", "jörg", "a'b"})
  void loginsThatLookLikeSomethingElseAreRefused(String text) {
    if (!text.equals("ann\n")) { // a pasted line end is cut off, not an error
      assertProblem(() -> Inputs.login(text), "login");
    }
  }

  @Test
  void aLoginHas64Characters() {
    assertThat(Inputs.login("a".repeat(64))).hasSize(64);
    assertProblem(() -> Inputs.login("a".repeat(65)), "login");
  }

  @Test
  void aDomainHasADotAndNoBrackets() {
    assertThat(Inputs.domain(DomainName.of("Example.ORG")).ascii()).isEqualTo("example.org");
    assertProblem(() -> Inputs.domain(DomainName.of("localhost")), "name");
    assertProblem(() -> Inputs.domain(DomainName.of("[192.0.2.1]")), "name");
    assertProblem(() -> Inputs.domain(DomainName.of("192.0.2.1")), "name");
    assertThat(Inputs.domain(DomainName.of("1.example.4u")).ascii()).isEqualTo("1.example.4u");
  }

  @Test
  void textIsOneLineOfLimitedLength() {
    assertThat(Inputs.line("name", " Ann Lee ", 7)).isEqualTo("Ann Lee");
    assertProblem(() -> Inputs.line("name", "12345678", 7), "name");
    assertProblem(() -> Inputs.line("name", "a\r\nb", 7), "name");
    assertProblem(() -> Inputs.line("name", "a\ud800b", 7), "name");
    assertThat(Inputs.line("name", "a\ud83d\ude00b", 7)).isEqualTo("a\ud83d\ude00b");
    assertProblem(() -> Inputs.name("name", "  ", 7), "name");
  }

  @Test
  void aQuotaHasEdges() {
    assertThat(Inputs.quota(1)).isEqualTo(1);
    assertThat(Inputs.quota(Inputs.MAX_QUOTA_OCTETS)).isEqualTo(Inputs.MAX_QUOTA_OCTETS);
    assertProblem(() -> Inputs.quota(0), "quotaOctets");
    assertProblem(() -> Inputs.quota(Inputs.MAX_QUOTA_OCTETS + 1), "quotaOctets");
  }

  @Test
  void aTargetIsSomethingThatPlainSmtpCarries() {
    var quoted = MailAddress.parse("\"a b\"@example.net");
    assertThat(Inputs.target("targets", quoted)).isEqualTo(quoted);
    assertProblem(() -> Inputs.target("targets", MailAddress.parse("jörg@example.net")), "targets");
    assertProblem(() -> Inputs.target("targets", MailAddress.parse("ann@[192.0.2.1]")), "targets");
    assertProblem(
        () -> Inputs.target("targets", new MailAddress("a\r\nRCPT", DomainName.of("example.net"))),
        "targets");
  }

  private static void assertProblem(Runnable attempt, String field) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(DirectoryProblem.Kind.INVALID);
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.getMessage()).endsWith(".");
            });
  }
}
