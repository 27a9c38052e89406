package dev.postroom.smtp.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL FROM:<ann@alpha.test>|ann@alpha.test",
        "mail from:<ann@alpha.test>|ann@alpha.test",
        "MAIL FROM: <ann@alpha.test>|ann@alpha.test",
        "MAIL  FROM:<ann@alpha.test>  |ann@alpha.test",
        "MAIL FROM:<ann@ALPHA.Test>|ann@alpha.test",
        "MAIL FROM:<Ann.Lee@alpha.test>|Ann.Lee@alpha.test",
        "MAIL FROM:<\"ann lee\"@alpha.test>|\"ann lee\"@alpha.test",
        "MAIL FROM:<\"a>b\"@alpha.test>|\"a>b\"@alpha.test",
        "MAIL FROM:<\"a\\\"b\"@alpha.test>|\"a\\\"b\"@alpha.test",
        "MAIL FROM:<\"ann\"@alpha.test>|ann@alpha.test",
        "MAIL FROM:<@one.test,@two.test:ann@alpha.test>|ann@alpha.test",
        "MAIL FROM:<@one.test:ann@[192.0.2.1]>|ann@[192.0.2.1]",
        "MAIL FROM:<ann@[IPv6:2001:db8::1]>|ann@[ipv6:2001:db8::1]",
        "MAIL FROM:<ann@[IPv6:::ffff:192.0.2.1]>|ann@[ipv6:::ffff:192.0.2.1]",
        "MAIL FROM:<ann@xn--mller-kva.test>|ann@xn--mller-kva.test",
        "MAIL FROM:<a!b%c@alpha.test>|a!b%c@alpha.test",
      })
  void aReversePathIsRead(String line, String address) {
    assertThat(SmtpParser.parse(line))
        .isEqualTo(new SmtpCommand.Mail(ReversePath.of(MailAddress.parse(address)), Map.of()));
  }

  @Test
  void theNullReversePathIsRead() {
    assertThat(SmtpParser.parse("MAIL FROM:<>"))
        .isEqualTo(new SmtpCommand.Mail(ReversePath.NULL, Map.of()));
  }

  @Test
  void parametersAreRead() {
    assertThat(SmtpParser.parse("MAIL FROM:<> SIZE=1000  body=8BITMIME SMTPUTF8"))
        .isEqualTo(
            new SmtpCommand.Mail(
                ReversePath.NULL, Map.of("SIZE", "1000", "BODY", "8BITMIME", "SMTPUTF8", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RCPT TO:<postmaster>", "rcpt to:<PostMaster>"})
  void postmasterNeedsNoDomain(String line) {
    assertThat(SmtpParser.parse(line))
        .isEqualTo(new SmtpCommand.Rcpt(new ForwardPath.Postmaster(), Map.of(), false));
  }

  @Test
  void aChunkIsRead() {
    assertThat(SmtpParser.parse("BDAT 0")).isEqualTo(new SmtpCommand.Bdat(0, false));
    assertThat(SmtpParser.parse("bdat 999999999999999999 last"))
        .isEqualTo(new SmtpCommand.Bdat(999_999_999_999_999_999L, true));
  }

  @Test
  void aRecipientIsRead() {
    assertThat(SmtpParser.parse("RCPT TO:<ben@alpha.test> NOTIFY=NEVER"))
        .isEqualTo(
            new SmtpCommand.Rcpt(
                new ForwardPath.To(MailAddress.parse("ben@alpha.test")),
                Map.of("NOTIFY", "NEVER"),
                false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL|5.5.4",
        "MAIL ann@alpha.test|5.5.4",
        "MAIL FROM|5.5.4",
        "MAIL FROM:|5.1.7",
        "MAIL FROM:ann@alpha.test|5.1.7",
        "MAIL FROM:<ann@alpha.test|5.1.7",
        "MAIL FROM:<ann>|5.1.7",
        "MAIL FROM:<postmaster>|5.1.7",
        "MAIL FROM:<ann@>|5.1.7",
        "MAIL FROM:<@alpha.test>|5.1.7",
        "MAIL FROM:<ann@alpha..test>|5.1.7",
        "MAIL FROM:<ann@[300.1.1.1]>|5.1.7",
        "MAIL FROM:<ann@[IPv6:2001:db8]>|5.1.7",
        "MAIL FROM:<ann@[IPv6:1::2::3]>|5.1.7",
        "MAIL FROM:<ann@[alpha.test]>|5.1.7",
        "MAIL FROM:<ann@alpha.test>SIZE=1|5.1.7",
        "MAIL FROM:<ann@alpha.test> SIZE=|5.5.4",
        "MAIL FROM:<ann@alpha.test> -X=1|5.5.4",
        "MAIL FROM:<ann@alpha.test> SIZE=1 size=2|5.5.4",
        "MAIL FROM:<\"ann@alpha.test>|5.1.7",
        "MAIL FROM:<a@b@alpha.test>|5.1.7",
        "MAIL FROM:<änn@alpha.test>|5.6.7",
        "MAIL FROM:<ann@ä.test> SIZE=1|5.6.7",
        "MAIL FROM:<ann@alpha.test> ENVID=ä|5.6.7",
        "MAIL FROM:<\ufffd@alpha.test> SMTPUTF8|5.5.2",
        "RCPT TO:<\u0085@alpha.test>|5.5.2",
        "VRFY änn|5.6.7",
        "EXPN änn SMTPUTF8 x|5.6.7",
        "RCPT TO:<>|5.1.3",
        "RCPT TO:ben@alpha.test|5.1.3",
        "RCPT TO:<ben@other.test@alpha.test>|5.1.3",
        "RCPT FROM:<ben@alpha.test>|5.5.4",
        "EHLO|5.5.4",
        "HELO  |5.5.4",
        "DATA now|5.5.4",
        "RSET x|5.5.4",
        "QUIT x|5.5.4",
        "STARTTLS x|5.5.4",
        "VRFY|5.5.4",
        "EXPN|5.5.4",
        "AUTH|5.5.4",
        "AUTH PLAIN a b|5.5.4",
      })
  void malformedArgumentsSayWhatIsWrong(String line, String status) {
    assertThat(SmtpParser.parse(line))
        .isInstanceOfSatisfying(
            SmtpCommand.Malformed.class,
            malformed -> {
              assertThat(malformed.status()).hasToString(status);
              assertThat(malformed.why()).isNotBlank();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP\rRSET", "MAIL FROM:<a\rb@alpha.test>", "EHLO a\tb", "NOOP \u0000x"})
  void controlCharactersAreRefused(String line) {
    assertThat(SmtpParser.parse(line)).isInstanceOf(SmtpCommand.Malformed.class);
  }

  @Test
  void withSmtpUtf8AnAddressMayHaveMoreThanAscii() {
    assertThat(SmtpParser.parse("MAIL FROM:<jörg@bücher.test> smtputf8"))
        .isEqualTo(
            new SmtpCommand.Mail(
                ReversePath.of(MailAddress.parse("jörg@xn--bcher-kva.test")),
                Map.of("SMTPUTF8", "")));
    assertThat(SmtpParser.parse("RCPT TO:<\"用 户\"@例.test> ORCPT=utf-8;用户@例.test"))
        .isEqualTo(
            new SmtpCommand.Rcpt(
                new ForwardPath.To(MailAddress.parse("\"用 户\"@xn--fsq.test")),
                Map.of("ORCPT", "utf-8;用户@例.test"),
                true));
    assertThat(SmtpParser.parse("VRFY jörg SMTPUTF8")).isEqualTo(new SmtpCommand.Vrfy("j?rg"));
    assertThat(SmtpParser.parse("MAIL FROM:<jörg@alpha.test>"))
        .extracting("code")
        .isEqualTo(553); // RFC 6531 §3.5
  }

  @Test
  void theOtherCommandsAreRead() {
    assertThat(SmtpParser.parse("ehlo client.test")).isEqualTo(new SmtpCommand.Ehlo("client.test"));
    assertThat(SmtpParser.parse("HELO [192.0.2.1] x"))
        .isEqualTo(new SmtpCommand.Helo("[192.0.2.1]"));
    assertThat(SmtpParser.parse("EHLO a(b\\c\u00e4")).isEqualTo(new SmtpCommand.Ehlo("a?b?c?"));
    assertThat(SmtpParser.parse("data")).isEqualTo(new SmtpCommand.Data());
    assertThat(SmtpParser.parse("RSET ")).isEqualTo(new SmtpCommand.Rset());
    assertThat(SmtpParser.parse("noop whatever")).isEqualTo(new SmtpCommand.Noop());
    assertThat(SmtpParser.parse("QUIT")).isEqualTo(new SmtpCommand.Quit());
    assertThat(SmtpParser.parse("VRFY ann")).isEqualTo(new SmtpCommand.Vrfy("ann"));
    assertThat(SmtpParser.parse("EXPN all")).isEqualTo(new SmtpCommand.Expn("all"));
    assertThat(SmtpParser.parse("HELP mail")).isEqualTo(new SmtpCommand.Help("mail"));
    assertThat(SmtpParser.parse("HELP")).isEqualTo(new SmtpCommand.Help(""));
    assertThat(SmtpParser.parse("STARTTLS")).isEqualTo(new SmtpCommand.StartTls());
    assertThat(SmtpParser.parse("auth plain")).isEqualTo(new SmtpCommand.Auth("PLAIN", null));
    assertThat(SmtpParser.parse("AUTH PLAIN =")).isEqualTo(new SmtpCommand.Auth("PLAIN", "="));
    assertThat(SmtpParser.parse("")).isEqualTo(new SmtpCommand.Unknown(""));
    assertThat(SmtpParser.parse("GET / HTTP/1.1")).isEqualTo(new SmtpCommand.Unknown("GET"));
  }

  @Test
  void theLineLimitIsExact() {
    String most = "NOOP " + "x".repeat(SmtpParser.MAX_COMMAND_OCTETS - 2 - 5);
    assertThat(SmtpParser.parse(most)).isEqualTo(new SmtpCommand.Noop());
    assertThat(SmtpParser.parse(most + "x"))
        .isEqualTo(new SmtpCommand.TooLong(SmtpParser.MAX_COMMAND_OCTETS));
  }

  @Test
  void authLinesMayBeLonger() {
    String most = "AUTH PLAIN " + "x".repeat(SmtpParser.MAX_AUTH_OCTETS - 2 - 11);
    assertThat(SmtpParser.parse(most)).isInstanceOf(SmtpCommand.Auth.class);
    assertThat(SmtpParser.parse(most + "x")).isInstanceOf(SmtpCommand.TooLong.class);
  }

  @Test
  void theLimitOfAPathIsExact() {
    String most = "x".repeat(256 - 2 - "@alpha.test".length()) + "@alpha.test";
    assertThat(SmtpParser.parse("MAIL FROM:<" + most + ">")).isInstanceOf(SmtpCommand.Mail.class);
    assertThat(SmtpParser.parse("MAIL FROM:<x" + most + ">"))
        .isInstanceOf(SmtpCommand.Malformed.class);
  }

  @Test
  void theLimitOfAPathCountsOctets() {
    String most = "ä".repeat((256 - 2 - "@alpha.test".length() - 1) / 2) + "x@alpha.test";
    assertThat(SmtpParser.parse("MAIL FROM:<" + most + "> SMTPUTF8"))
        .isInstanceOf(SmtpCommand.Mail.class);
    assertThat(SmtpParser.parse("MAIL FROM:<x" + most + "> SMTPUTF8"))
        .isInstanceOf(SmtpCommand.Malformed.class);
  }

  @Property
  void anyLocalPartComesThroughAPath(@ForAll("localParts") String localPart) {
    var address = new MailAddress(localPart, DomainName.of("alpha.test"));
    assertThat(SmtpParser.parse("MAIL FROM:<" + address + "> SMTPUTF8"))
        .isInstanceOfSatisfying(
            SmtpCommand.Mail.class,
            mail -> assertThat(mail.reversePath()).isEqualTo(ReversePath.of(address)));
  }

  @Provide
  Arbitrary<String> localParts() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withCharRange('\u00a0', '\ud7ff')
        .withChars('"', '\\', '>', '@', ' ', '.')
        .ofMinLength(1)
        .ofMaxLength(40);
  }

  @Property
  void anyParametersAreReadAsTheyAreWritten(@ForAll("parameters") Map<String, String> parameters) {
    var line = new StringBuilder("MAIL FROM:<>");
    parameters.forEach((k, v) -> line.append(' ').append(v.isEmpty() ? k : k + "=" + v));
    assertThat(SmtpParser.parse(line.toString()))
        .isEqualTo(new SmtpCommand.Mail(ReversePath.NULL, parameters));
  }

  @Provide
  Arbitrary<Map<String, String>> parameters() {
    var keywords =
        Arbitraries.strings().withCharRange('A', 'Z').numeric().ofMinLength(1).ofMaxLength(12);
    var values =
        Arbitraries.strings().withCharRange('!', '<').withCharRange('>', '~').ofMaxLength(30);
    return Arbitraries.maps(keywords, values).ofMaxSize(8);
  }

  @Property(tries = 3000)
  void noLineMakesTheParserThrow(@ForAll("lines") String line) {
    assertThat(SmtpParser.parse(line)).isNotNull();
  }

  @Provide
  Arbitrary<String> lines() {
    var heads =
        Arbitraries.of(
            "", "MAIL FROM:", "MAIL FROM:<", "RCPT TO:<", "RCPT TO:", "AUTH ", "EHLO ", "HELP ");
    var marks = Arbitraries.strings().withChars("<>\"\\@:,.[]= aB1\r\n\t\u0000ä").ofMaxLength(40);
    var tails = Arbitraries.oneOf(marks, Arbitraries.strings().ofMaxLength(60));
    return net.jqwik.api.Combinators.combine(heads, tails).as(String::concat);
  }
}
