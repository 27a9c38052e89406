package dev.postroom.smtp.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.DsnReturn;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3461 §4 and RFC 6533 §3. */
class DsnParametersTest {
  @ParameterizedTest
  @CsvSource({
    "'',''",
    "QQ314159,QQ314159",
    "a+2Bb+3Dc+20d,a+b=c d",
    "Bob@Big-Bucks.COM,Bob@Big-Bucks.COM",
    "+7E,~"
  })
  void xtextIsDecoded(String xtext, String plain) {
    assertThat(Xtext.decode(xtext)).contains(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "a=b", "a+2", "+", "+2b", "+GG", "a+0D+0A", "+00", "+7F", "+C3+A9", "é"})
  void whatIsNoXtextOrNotPrintableIsRefused(String text) {
    assertThat(Xtext.decode(text)).isEmpty();
  }

  @Property
  void whatIsEncodedIsDecodedAgain(@ForAll @CharRange(from = ' ', to = '~') String plain) {
    assertThat(Xtext.decode(Xtext.encode(plain))).contains(plain);
  }

  @Property
  void encodedTextIsAlwaysAParameterValue(@ForAll String anything) {
    assertThat(Xtext.encode(anything)).matches("[!-<>-~]*");
  }

  @ParameterizedTest
  @CsvSource({
    "ann@alpha.test,ann@alpha.test",
    "j\\x{F6}rg@alpha.test,jörg@alpha.test",
    "jörg@alpha.test,jörg@alpha.test",
    "\\x{7528}\\x{6237}@\\x{4F8B}.test,用户@例.test",
    "\\x{1F600}@alpha.test,😀@alpha.test",
    "a\\x{2B}b\\x{3D}\\x{5C}@alpha.test,a+b=\\@alpha.test",
  })
  void addressesBeyondAsciiAreDecoded(String encoded, String address) {
    assertThat(Utf8Address.decode(encoded)).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a+b@alpha.test",
        "a=b",
        "a b",
        "a\\b",
        "\\x{}",
        "\\x{f6}",
        "\\x{0F6}",
        "\\x{61}",
        "\\x{D800}",
        "\\x{110000}",
        "\\x{0D}",
        "\\x{00}",
        "\\x{85}",
        "\\x{F6",
        "\u0085",
        "a\r\nb",
      })
  void whatIsNoUtf8AddressIsRefused(String text) {
    assertThat(Utf8Address.decode(text)).isEmpty();
  }

  @Property
  void addressesSurviveTheirAsciiForm(@ForAll("addresses") String address) {
    var encoded = Utf8Address.encode(address);
    assertThat(encoded).matches("[!-~&&[^+=]]*");
    assertThat(Utf8Address.decode(encoded)).contains(address);
  }

  @Provide
  Arbitrary<String> addresses() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withCharRange('\u00a0', '\ud7ff')
        .withChars('+', '=', '\\')
        .ofMinLength(1);
  }

  @Test
  void whatIsToBeReportedIsRead() {
    assertThat(DsnParameters.notifyOn("NEVER")).contains(Set.of(DsnNotify.NEVER));
    assertThat(DsnParameters.notifyOn("success,Delay"))
        .contains(Set.of(DsnNotify.SUCCESS, DsnNotify.DELAY));
    assertThat(DsnParameters.notifyOn("FAILURE,FAILURE")).contains(Set.of(DsnNotify.FAILURE));
    assertThat(DsnParameters.returned("full")).contains(DsnReturn.FULL);
    assertThat(DsnParameters.returned("HDRS")).contains(DsnReturn.HDRS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NEVER,SUCCESS", "SUCCESS,", ",DELAY", "SUCCESS, DELAY", "ALWAYS"})
  void whatCannotBeReportedIsRefused(String value) {
    assertThat(DsnParameters.notifyOn(value)).isEmpty();
    assertThat(DsnParameters.returned(value)).isEmpty();
  }

  @Test
  void theLimitOfAnEnvelopeIdIsExact() {
    assertThat(DsnParameters.envelopeId("x".repeat(100))).contains("x".repeat(100));
    assertThat(DsnParameters.envelopeId("x".repeat(101))).isEmpty();
    assertThat(DsnParameters.envelopeId("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rfc822;Bob@Big-Bucks.COM,rfc822;Bob@Big-Bucks.COM",
    "RFC822;a+2Bb@alpha.test,RFC822;a+b@alpha.test",
    "x400;/S=..,",
    "x400;/S+3Dann/,x400;/S=ann/",
    "utf-8;j\\x{F6}rg@alpha.test,utf-8;jörg@alpha.test",
    "UTF-8;jörg@alpha.test,UTF-8;jörg@alpha.test",
    "rfc822;jörg@alpha.test,",
    "rfc822,",
    "rfc822;,",
    ";ann@alpha.test,",
    "rf c;a,",
    "rfc822;a+0D+0AX:b,",
  })
  void anOriginalRecipientIsRead(String value, String plain) {
    assertThat(DsnParameters.originalRecipient(value).orElse(null)).isEqualTo(plain);
  }

  @Test
  void theLimitOfAnOriginalRecipientIsExact() {
    var longest = "rfc822;" + "x".repeat(493);
    assertThat(DsnParameters.originalRecipient(longest)).isPresent();
    assertThat(DsnParameters.originalRecipient(longest + "x")).isEmpty();
  }

  @Property
  void whatIsReadCanBePrintedOnOneLine(@ForAll String value) {
    DsnParameters.originalRecipient("utf-8;" + value)
        .ifPresent(plain -> assertThat(plain).doesNotMatch("(?s).*[\\x00-\\x1f\\x7f-\\x9f].*"));
    DsnParameters.originalRecipient("rfc822;" + value)
        .ifPresent(plain -> assertThat(plain).matches("[ -~]*"));
  }
}
