package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static Headers parse(String section) {
    return Headers.parse(section.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void fieldsKeepTheirOrderAndTheirOctets() {
    var headers = parse("A: 1\r\nB : 2\r\n 3\r\na:\r\n\r\nC: body\r\n");
    assertThat(headers.fields()).extracting(HeaderField::name).containsExactly("A", "B", "a");
    assertThat(headers.all("a")).hasSize(2);
    assertThat(new String(headers.first("b").orElseThrow().octets(), StandardCharsets.UTF_8))
        .isEqualTo("B : 2\r\n 3\r\n");
    assertThat(headers.first("B").orElseThrow().rawValue()).asString().isEqualTo(" 2\r\n 3");
    assertThat(headers.value("b")).contains("2 3");
    assertThat(headers.contains("C")).isFalse();
  }

  @Test
  void aLineThatIsNoFieldHasNoName() {
    var headers = parse("From someone\nSubject: x\n");
    assertThat(headers.fields()).extracting(HeaderField::name).containsExactly("", "Subject");
    assertThat(headers.value("Subject")).contains("x");
  }

  @Test
  void aFoldMayBeOnlyWhiteSpaceAndAnEmptyLineIsTheEnd() {
    assertThat(parse("A: 1\r\n \r\n 2\r\n\r\n").value("A")).contains("1  2");
  }

  @Test
  void textIsDecodedForPeople() {
    var headers = parse("Subject: =?utf-8?q?J=C3=B6?= =?iso-8859-1?q?rg?=\r\nX: J\u00f6rg\r\n");
    assertThat(headers.first("subject").orElseThrow().text()).isEqualTo("J\u00f6rg");
    assertThat(headers.value("x")).contains("J\u00f6rg");
  }

  @Test
  void readingStopsAtTheEndOfTheSectionOrAtTheLimit() throws IOException {
    var message = "A: 1\r\nB: 2\r\n\r\nC: 3\r\n".getBytes(StandardCharsets.UTF_8);
    assertThat(Headers.read(new ByteArrayInputStream(message), 1000).fields()).hasSize(2);
    assertThat(Headers.read(new ByteArrayInputStream(message), 7).value("B")).isEmpty();
  }
}
