package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.message.BodyPart.Embedded;
import dev.postroom.message.BodyPart.Multi;
import dev.postroom.message.BodyPart.Single;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Messages whose structure is known, because they were built from it: it is found again. */
class BuiltMessagesTest {
  sealed interface Built {
    record Leaf(String content) implements Built {}

    record Parts(List<Built> parts) implements Built {}

    record Inner(Built body) implements Built {}
  }

  @Provide
  Arbitrary<Built> trees() {
    return tree(3);
  }

  private static Arbitrary<Built> tree(int depth) {
    Arbitrary<Built> leaf =
        Arbitraries.of(
                "", "x", "\r\n", "a\r\nb", "--", "-- \r\n--b\r\n", "--b9--\r\nb", "\n\n", "\rz")
            .list()
            .ofMaxSize(3)
            .map(pieces -> new Built.Leaf(String.join("", pieces)));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Built> parts = tree(depth - 1).list().ofMinSize(1).ofMaxSize(3).map(Built.Parts::new);
    Arbitrary<Built> inner = tree(depth - 1).map(Built.Inner::new);
    return Arbitraries.oneOf(leaf, parts, inner);
  }

  /** Writes header fields and content of an entity; each multipart has a boundary of its own. */
  private static final class Author {
    private int boundaries = 100;

    String write(Built entity, String lineEnd) {
      return switch (entity) {
        case Built.Leaf(var content) -> "Content-Type: text/plain" + lineEnd + lineEnd + content;
        case Built.Inner(var body) ->
            "Content-Type: message/rfc822"
                + lineEnd
                + lineEnd
                + "Subject: inner"
                + lineEnd
                + write(body, lineEnd);
        case Built.Parts(var parts) -> {
          var boundary = "b" + boundaries++;
          var text = new StringBuilder("Content-Type: multipart/mixed; boundary=" + boundary);
          text.append(lineEnd).append(lineEnd).append("preamble");
          for (var part : parts) {
            text.append(lineEnd).append("--").append(boundary).append(lineEnd);
            text.append(write(part, lineEnd));
          }
          yield text + lineEnd + "--" + boundary + "--";
        }
      };
    }
  }

  private static Built read(BodyPart part, String message) {
    return switch (part) {
      case Single(_, var extent, _) ->
          new Built.Leaf(message.substring((int) extent.body(), (int) extent.end()));
      case Multi(_, _, var parts) -> {
        var read = new ArrayList<Built>();
        parts.forEach(child -> read.add(read(child, message)));
        yield new Built.Parts(read);
      }
      case Embedded(_, _, _, var envelope, var body) -> {
        assertThat(envelope.subject()).isEqualTo("inner");
        yield new Built.Inner(read(body, message));
      }
    };
  }

  @Provide
  Arbitrary<String> lineEnds() {
    return Arbitraries.of("\r\n", "\n");
  }

  @Property(tries = 2000)
  void everyPartIsFoundWithItsOctets(
      @ForAll("trees") Built tree, @ForAll("lineEnds") String lineEnd) {
    var message = "Subject: built" + lineEnd + new Author().write(tree, lineEnd);
    var octets = message.getBytes(StandardCharsets.ISO_8859_1);
    var scanner = new MessageScanner();
    scanner.write(octets, 0, octets.length);
    assertThat(read(scanner.finish().summary().body(), message)).isEqualTo(tree);
  }

  @Property(tries = 500)
  void theOrderOfChunksMakesNoDifference(
      @ForAll("trees") Built tree, @ForAll("chunks") List<Integer> sizes) {
    var octets =
        ("Subject: built\r\n" + new Author().write(tree, "\r\n"))
            .getBytes(StandardCharsets.ISO_8859_1);
    var whole = new MessageScanner();
    whole.write(octets, 0, octets.length);
    var chunked = new MessageScanner();
    int at = 0;
    for (int size : sizes) {
      int count = Math.min(size, octets.length - at);
      chunked.write(octets, at, count);
      at += count;
    }
    chunked.write(octets, at, octets.length - at);
    assertThat(chunked.finish().summary()).isEqualTo(whole.finish().summary());
  }

  @Provide
  Arbitrary<List<Integer>> chunks() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 40).list().ofMaxSize(40),
            Arbitraries.integers().between(1, 3).list().ofMaxSize(40))
        .as(
            (large, small) -> {
              var both = new ArrayList<>(large);
              both.addAll(small);
              return both;
            });
  }
}
