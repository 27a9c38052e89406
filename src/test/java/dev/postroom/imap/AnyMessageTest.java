package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.blob.Blob;
import dev.postroom.blob.BlobId;
import dev.postroom.blob.BlobWriter;
import dev.postroom.blob.Blobs;
import dev.postroom.imap.DecodedPart.UnknownEncodingException;
import dev.postroom.imap.ResponseGrammar.Part;
import dev.postroom.imap.SectionOctets.Absent;
import dev.postroom.imap.SectionOctets.Cut;
import dev.postroom.imap.SectionOctets.Decoded;
import dev.postroom.imap.SectionOctets.Held;
import dev.postroom.imap.syntax.BodySection;
import dev.postroom.imap.syntax.BodySection.Kind;
import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.message.AnyMessages;
import dev.postroom.message.MessageSummary;
import dev.postroom.message.Preview;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Messages as they should not be, from their octets to the responses: these are well-formed, and
 * the sections are those of the structure. {@code -Dpostroom.fuzz.seconds=600} goes on for longer.
 */
class AnyMessageTest {
  private static final BlobId ID = new BlobId("00".repeat(32));

  /** One blob, in memory. */
  private record InMemory(byte[] octets) implements Blobs, Blob {
    @Override
    public Blob open(BlobId id) {
      return this;
    }

    @Override
    public long size() {
      return octets.length;
    }

    @Override
    public InputStream read(long offset, long length) {
      return new ByteArrayInputStream(octets, (int) offset, (int) length);
    }

    @Override
    public void close() {}

    @Override
    public BlobWriter write() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void probe() {}

    @Override
    public long sweep(Instant before, Function<Set<BlobId>, Set<BlobId>> referenced) {
      return 0;
    }
  }

  @Test
  void everyAnswerIsWellFormedAndTrue() throws IOException {
    long seed = Long.getLong("postroom.fuzz.seed", System.nanoTime());
    var end = Instant.now().plus(Duration.ofSeconds(Long.getLong("postroom.fuzz.seconds", 5)));
    var messages = new AnyMessages(new SplittableRandom(seed));
    int count = 0;
    for (; Instant.now().isBefore(end); count++) {
      var message = messages.next();
      try {
        check(message);
      } catch (AssertionError | RuntimeException failed) {
        throw new AssertionError("seed " + seed + ", message " + count, failed);
      }
    }
    assertThat(count).isGreaterThan(50);
  }

  private interface Writing {
    void write(StructureWriter writer) throws IOException;
  }

  private static byte[] written(boolean utf8, Writing writing) throws IOException {
    var octets = new ByteArrayOutputStream();
    var out = new ResponseWriter(octets::write);
    out.speakUtf8(utf8);
    writing.write(new StructureWriter(out));
    out.flush();
    return octets.toByteArray();
  }

  private static void check(byte[] message) throws IOException {
    var scanned = MessageSummary.scan(new ByteArrayInputStream(message));
    var summary = MessageSummary.decode(scanned.summary().encode());
    assertThat(summary.size()).isEqualTo(message.length);
    ResponseGrammar.envelope(written(false, writer -> writer.envelope(summary.envelope())));
    var part =
        ResponseGrammar.body(written(false, writer -> writer.part(summary.body(), true)), true);
    ResponseGrammar.body(written(false, writer -> writer.part(summary.body(), false)), false);
    var octets = new MessageOctets(new InMemory(message), ID);
    var finder = new SectionFinder(summary, null, octets);
    var sections = new Sections(message, finder, octets);
    sections.checkMessage();
    sections.checkNumbered(part, List.of());
    assertThat(Preview.of(summary.body(), octets::read).codePoints().count())
        .isLessThanOrEqualTo(Preview.MAX_LENGTH);
  }

  /** What the sections of one message hold. */
  private record Sections(byte[] message, SectionFinder finder, MessageOctets octets) {
    private byte[] of(List<Integer> path, Kind kind) throws IOException {
      return octets(finder.find(new BodySection(path, kind, List.of())));
    }

    private byte[] octets(SectionOctets found) throws IOException {
      var all =
          switch (found) {
            case Absent _ -> throw new AssertionError("a part of the structure is absent");
            case Held(var held, var offset, var length) ->
                Arrays.copyOfRange(held, offset, offset + length);
            case Cut(var offset, var length) -> octets.read(offset, length).readAllBytes();
            case Decoded(var fields, var raw, var skipped, _) -> {
              try (var in = DecodedPart.stream(fields, raw, octets)) {
                in.skipNBytes(skipped);
                yield in.readAllBytes();
              }
            }
          };
      assertThat(all).hasSize((int) found.size());
      return all;
    }

    void checkMessage() throws IOException {
      assertThat(of(List.of(), Kind.ALL)).isEqualTo(message);
      assertThat(joined(of(List.of(), Kind.HEADER), of(List.of(), Kind.TEXT))).isEqualTo(message);
    }

    private static byte[] joined(byte[] first, byte[] second) {
      var both = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      return both;
    }

    /** RFC 3501 §6.4.5: the body of a message that is no multipart is its part 1. */
    void checkNumbered(Part body, List<Integer> message) throws IOException {
      if (body.isMultipart()) {
        checkParts(body, message);
      } else {
        check(body, path(message, 1));
      }
    }

    private void checkParts(Part multipart, List<Integer> path) throws IOException {
      int number = 1;
      for (var child : multipart.parts()) {
        check(child, path(path, number++));
      }
      assertThat(finder.find(new BodySection(path(path, number), Kind.ALL, List.of())))
          .isInstanceOf(Absent.class);
    }

    private static List<Integer> path(List<Integer> above, int number) {
      var path = new ArrayList<>(above);
      path.add(number);
      return path;
    }

    private void check(Part part, List<Integer> path) throws IOException {
      var content = of(path, Kind.ALL);
      of(path, Kind.MIME);
      if (part.isMultipart()) {
        checkParts(part, path);
        return;
      }
      assertThat(part.octets()).as("octets of %s", path).isEqualTo(content.length);
      checkLines(part, content);
      checkDecoded(part, path, content);
      if (part.isMessage()) {
        assertThat(joined(of(path, Kind.HEADER), of(path, Kind.TEXT))).isEqualTo(content);
        checkNumbered(part.parts().getFirst(), path);
      }
    }

    private static void checkLines(Part part, byte[] content) {
      if (part.lines() >= 0) {
        int ends = 0;
        for (byte octet : content) {
          ends += octet == '\n' ? 1 : 0;
        }
        boolean open = content.length > 0 && content[content.length - 1] != '\n';
        assertThat(part.lines()).isBetween((long) ends, (long) ends + (open ? 1 : 0));
      }
    }

    private void checkDecoded(Part part, List<Integer> path, byte[] content) throws IOException {
      try {
        var decoded = octets(finder.findDecoded(path));
        assertThat(decoded.length).isLessThanOrEqualTo(2 * content.length); // LF becomes CRLF
        if (part.encoding().matches("7bit|8bit|binary") || part.isMessage()) {
          assertThat(decoded).isEqualTo(content);
        }
      } catch (UnknownEncodingException _) {
        assertThat(part.encoding()).doesNotMatch("7bit|8bit|binary|base64|quoted-printable");
      }
    }
  }
}
