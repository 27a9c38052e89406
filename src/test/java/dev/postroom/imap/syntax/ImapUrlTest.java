package dev.postroom.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.postroom.imap.syntax.BodySection.Kind;
import dev.postroom.imap.syntax.FetchItem.Partial;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5092, as far as RFC 4469 needs it. */
class ImapUrlTest {
  private static final BodySection WHOLE = BodySection.of(Kind.ALL);

  static Stream<Arguments> urls() {
    return Stream.of(
        arguments(";UID=7", new ImapUrl(null, null, 0, 7, WHOLE, null)),
        arguments("/;UID=7", new ImapUrl(null, null, 0, 7, WHOLE, null)),
        arguments(
            "/Drafts;UIDVALIDITY=385759045/;UID=20/;section=HEADER",
            new ImapUrl(null, "Drafts", 385759045, 20, BodySection.of(Kind.HEADER), null)),
        arguments(
            "/a/b%2Fc%20%C3%A9/;uid=20/;SECTION=1.2.MIME/;PARTIAL=0.1024",
            new ImapUrl(
                null,
                "a/b/c \u00e9",
                0,
                20,
                new BodySection(List.of(1, 2), Kind.MIME, List.of()),
                new Partial(0, 1024))),
        arguments(
            "IMAP://joe;AUTH=*@example.com:143/INBOX/;UID=20/;PARTIAL=5",
            new ImapUrl(
                "joe;AUTH=*@example.com:143", "INBOX", 0, 20, WHOLE, new Partial(5, 4294967295L))),
        arguments(
            "/x/;UID=1/;SECTION=2.HEADER.FIELDS%20(to%20SUBJECT)",
            new ImapUrl(
                null,
                "x",
                0,
                1,
                new BodySection(List.of(2), Kind.HEADER_FIELDS, List.of("TO", "SUBJECT")),
                null)));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aUrlNamesAMessageOrAPartOfIt(String url, ImapUrl expected) throws ImapSyntaxException {
    assertThat(ImapUrl.parse(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/Drafts",
        "imap:/x/;UID=1",
        "imap://host",
        "imap://host/;UID",
        "http://host/x/;UID=1",
        "x/;UID=1",
        "/x;UID=1",
        "/x/;UID=0",
        "/x/;UID=1x",
        "/x/;UID=4294967296",
        "/x;UIDVALIDITY=/;UID=1",
        "/x/;UID=1/;SECTION=",
        "/x/;UID=1/;SECTION=NONSENSE",
        "/x/;UID=1/;SECTION=1]",
        "/x/;UID=1/;PARTIAL=",
        "/x/;UID=1/;PARTIAL=1.0",
        "/x/;UID=1;URLAUTH=anonymous",
        "/%/;UID=1",
        "/%c3/;UID=1"
      })
  void whatNamesNoMessageIsRefused(String url) {
    assertThatExceptionOfType(ImapSyntaxException.class).isThrownBy(() -> ImapUrl.parse(url));
  }

  @Property
  void nothingElseComesOutOfIt(@ForAll String rest) {
    for (var url : List.of(rest, "/x/;UID=1" + rest, "/x/;UID=1/;SECTION=" + rest)) {
      try {
        assertThat(ImapUrl.parse(url).uid()).isPositive();
      } catch (ImapSyntaxException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }
}
