package dev.postroom.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import dev.postroom.smtp.syntax.SmtpCommand;
import dev.postroom.smtp.syntax.SmtpParser;
import dev.postroom.testing.Settings;
import dev.postroom.testing.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SrsTest {
  private static final DomainName OURS = DomainName.of("alpha.test");

  private final TestClock clock = new TestClock();
  private final Srs srs = srs("one secret of thirty-two characters");

  private Srs srs(String secret) {
    return new Srs(Settings.of(ServerConfig.class, "postroom.server.secret", secret), clock);
  }

  private static MailAddress address(String text) {
    return MailAddress.parse(text);
  }

  @Test
  void aReportFindsItsWayBack() {
    var rewritten = srs.rewrite(address("Ann.Lee@remote.test"), OURS);
    assertThat(rewritten.domain()).isEqualTo(OURS);
    assertThat(rewritten.localPart()).startsWith("SRS0=").endsWith("=remote.test=Ann.Lee");
    assertThat(srs.original(rewritten)).contains(address("Ann.Lee@remote.test"));
  }

  @Test
  void aServerThatChangesCaseDoesNoHarm() {
    var rewritten = srs.rewrite(address("Ann@remote.test"), OURS).toString();
    assertThat(srs.original(address(rewritten.toLowerCase(Locale.ROOT))))
        .contains(address("ann@remote.test"));
    assertThat(srs.original(address(rewritten.toUpperCase(Locale.ROOT)))).isPresent();
  }

  @Test
  void anotherForwardersAddressStaysTwoHopsLong() {
    var first = address("SRS0=abcd=TT=remote.test=ann@one.test");
    var second = srs.rewrite(first, OURS);
    assertThat(second.localPart())
        .startsWith("SRS1=")
        .endsWith("=one.test==abcd=TT=remote.test=ann");
    assertThat(srs.original(second)).contains(first);

    var third = srs("another secret of 32 characters!!!").rewrite(second, DomainName.of("x.test"));
    assertThat(third.localPart())
        .startsWith("SRS1=")
        .endsWith("=one.test==abcd=TT=remote.test=ann");
    assertThat(third.localPart()).hasSameSizeAs(second.localPart());
  }

  @Test
  void whatWeDidNotMakeIsNotBelieved() {
    var rewritten = srs.rewrite(address("ann@remote.test"), OURS).toString();
    assertThat(srs("another secret of 32 characters!!!").original(address(rewritten))).isEmpty();
    assertThat(srs.original(address(rewritten.replace("=ann@", "=ben@")))).isEmpty();
    assertThat(srs.original(address(rewritten.replace("remote", "victim")))).isEmpty();
    for (String forged :
        new String[] {
          "SRS0=", "SRS0==", "SRS0=a", "SRS0=abcdef=aa=b", "SRS1=", "SRS1=a=b", "SRS1==="
        }) {
      assertThat(srs.original(new MailAddress(forged, OURS))).as(forged).isEmpty();
    }
  }

  @Test
  void whatWeSignedThoughAStrangerMadeItUpLeadsNowhere() {
    for (String made : new String[] {"SRS1=x=a", "SRS1=x=a=", "SRS1=x=a=b", "SRS1=x", "SRS1=x=="}) {
      var rewritten = srs.rewrite(address(made + "@remote.test"), OURS);
      assertThat(srs.original(rewritten)).as(made).isEmpty();
    }
  }

  @Test
  void anAddressIsGoodForItsDaysAndNoLonger() {
    var rewritten = srs.rewrite(address("ann@remote.test"), OURS);
    clock.forward(Duration.ofDays(Srs.MAX_AGE_DAYS));
    assertThat(srs.original(rewritten)).isPresent();
    clock.forward(Duration.ofDays(1));
    assertThat(srs.original(rewritten)).isEmpty();
  }

  @Test
  void anAddressThatWouldBeTooLongStaysAsItIs() {
    var longest = address("a".repeat(200) + "@remote.test");
    assertThat(srs.rewrite(longest, OURS).domain()).isEqualTo(OURS);
    var tooLong = address("a".repeat(240) + "@remote.test");
    assertThat(srs.rewrite(tooLong, OURS)).isEqualTo(tooLong);
  }

  @Property(tries = 300)
  void everyLocalPartComesBackThroughTheParser(
      @ForAll @StringLength(min = 1, max = 40) @AlphaChars String word) {
    for (String local : new String[] {word, word + "=x", "=" + word, "\"a b " + word + "\""}) {
      var author = address(local + "@remote.test");
      var line = "RCPT TO:<" + srs.rewrite(author, OURS) + ">";
      assertThat(SmtpParser.parse(line))
          .isInstanceOfSatisfying(
              SmtpCommand.Rcpt.class,
              rcpt -> assertThat(srs.original(address(inside(rcpt)))).contains(author));
    }
  }

  private static String inside(SmtpCommand.Rcpt rcpt) {
    String path = rcpt.recipient().toString();
    return path.substring(1, path.length() - 1);
  }

  @Test
  void anAddressMadeUnderAFormerSecretIsGoodWhileThatIsKept() {
    var former = "a former secret of some 32 characters";
    var secret = "a present one of thirty-two characters";
    var author = MailAddress.parse("ann@author.test");
    var made = new Srs(settings(former), Clock.systemUTC()).rewrite(author, OURS);
    var now = new Srs(settings(secret), Clock.systemUTC());
    assertThat(now.original(made)).isEmpty();
    var rotated =
        new Srs(
            settings(secret, "postroom.server.former-secrets", "x," + former), Clock.systemUTC());
    assertThat(rotated.original(made)).contains(author);
    assertThat(now.original(rotated.rewrite(author, OURS))).contains(author);
  }

  private static ServerConfig settings(String secret, String... more) {
    var all = new java.util.ArrayList<>(java.util.List.of("postroom.server.secret", secret));
    all.addAll(java.util.List.of(more));
    return Settings.of(ServerConfig.class, all.toArray(String[]::new));
  }
}
