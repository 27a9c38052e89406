package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.message.Headers;
import dev.postroom.message.MessageEnvelope;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SortableTest {
  private static Stream<String> texts(String text) {
    var header =
        "Subject: %1$s\r\nFrom: %1$s <%1$s@a>\r\nTo: %1$s <%1$s@a>\r\nCc: %1$s <%1$s@a>\r\n\r\n"
            .formatted(text);
    var all =
        Sortable.of(MessageEnvelope.of(Headers.parse(header.getBytes(StandardCharsets.US_ASCII))));
    return Stream.of(
        all.subject(), all.from(), all.to(), all.cc(), all.displayFrom(), all.displayTo());
  }

  @Test
  void ofATextTheBeginningIsCompared() {
    int most = Sortable.MAX_COMPARED;
    assertThat(texts("x".repeat(most))).allMatch("X".repeat(most)::equals);
    assertThat(texts("x".repeat(most) + "y")).allMatch("X".repeat(most)::equals);
  }

  @Test
  void aCharacterThatBecomesSeveralMakesNoMoreOfThem() {
    // U+FDFA is 18 characters when decomposed
    var word = "=?utf-8?q?" + "=EF=B7=BA".repeat(12) + "?=";
    assertThat(texts(word)).allMatch(text -> text.length() == Sortable.MAX_COMPARED);
  }
}
