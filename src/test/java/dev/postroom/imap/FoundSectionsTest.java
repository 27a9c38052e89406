package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.blob.TestBlobs;
import dev.postroom.imap.SectionOctets.Held;
import dev.postroom.imap.syntax.BodySection;
import dev.postroom.imap.syntax.BodySection.Kind;
import dev.postroom.imap.syntax.FetchItem.Content;
import dev.postroom.imap.syntax.FetchItem.Partial;
import dev.postroom.message.MessageSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one FETCH response holds at a time. */
class FoundSectionsTest {
  private static final byte[] HEADER =
      ("A: " + "x".repeat((int) FoundSections.MAX_HELD / 2 - 9) + "\r\n\r\n")
          .getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path folder;

  private FoundSections sections() throws IOException {
    var summary = MessageSummary.scan(new ByteArrayInputStream(HEADER)).summary();
    return new FoundSections(
        new SectionFinder(summary, HEADER, new MessageOctets(TestBlobs.in(folder), null)));
  }

  private static byte[] octets(FoundSections sections, String without, long from)
      throws IOException {
    var section = new BodySection(List.of(), Kind.HEADER_FIELDS_NOT, List.of(without));
    var item = new Content(section, new Partial(from, 1), false, "");
    return ((Held) sections.of(item)).octets();
  }

  @Test
  void aSectionIsFoundOnceForAllItsPartials() throws IOException {
    var sections = sections();
    assertThat(octets(sections, "X", 0)).isSameAs(octets(sections, "X", 7));
  }

  @Test
  void whatWouldBeTooMuchIsNotKept() throws IOException {
    var sections = sections();
    assertThat(octets(sections, "X", 0)).isSameAs(octets(sections, "X", 0));
    assertThat(octets(sections, "Y", 0)).isSameAs(octets(sections, "Y", 0));
    assertThat(octets(sections, "Z", 0))
        .isNotSameAs(octets(sections, "Z", 0))
        .hasSameSizeAs(octets(sections, "X", 0));
  }
}
