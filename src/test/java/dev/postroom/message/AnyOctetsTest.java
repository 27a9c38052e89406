package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.message.BodyPart.Embedded;
import dev.postroom.message.BodyPart.Multi;
import dev.postroom.message.BodyPart.Single;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes, the scanner gives a well-formed result. */
class AnyOctetsTest {
  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          "--b",
          "--b--",
          "--c",
          "Content-Type: ",
          "multipart/mixed; boundary=b",
          "multipart/digest; boundary=\"c\"",
          "message/rfc822",
          "text/plain; charset*0*=utf-8''a%",
          "; name*=x''%zz; =; ;\"",
          "Content-Disposition: attachment; filename=\"",
          "Content-Transfer-Encoding: (",
          "Content-Language: en, ,de",
          "Subject: =?utf-8?b?%%%?=",
          "From: ",
          "\"<(:;,@",
          "To: a@b, C: <d@e>;",
          " ",
          "\t",
          "\u00e9",
          "x");

  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 3000)
  void aSummaryIsWellFormed(@ForAll("messages") String message) {
    var octets = message.getBytes(StandardCharsets.ISO_8859_1);
    var scanner = new MessageScanner();
    scanner.write(octets, 0, octets.length);
    var summary = scanner.finish().summary();
    assertThat(summary.size()).isEqualTo(octets.length);
    assertThat(summary.body().extent().header()).isZero();
    assertThat(summary.body().extent().end()).isEqualTo(octets.length);
    check(summary.body());
    assertThat(MessageSummary.decode(summary.encode())).isEqualTo(summary);
    summary.body().fields().fileName();
    Headers.parse(octets).fields().forEach(HeaderField::text);
  }

  private static void check(BodyPart part) {
    var extent = part.extent();
    assertThat(extent.header()).isBetween(0L, extent.body());
    assertThat(extent.end()).isGreaterThanOrEqualTo(extent.body());
    switch (part) {
      case Single(var fields, _, var lines) -> {
        assertThat(fields.type()).isNotIn("multipart", "");
        assertThat(lines).isBetween(0L, extent.bodySize());
      }
      case Multi(_, _, var parts) -> {
        assertThat(parts).isNotEmpty();
        long at = extent.body();
        for (var child : parts) {
          assertThat(child.extent().header()).isGreaterThanOrEqualTo(at);
          assertThat(child.extent().end()).isLessThanOrEqualTo(extent.end());
          at = child.extent().end();
          check(child);
        }
      }
      case Embedded(_, _, _, _, var body) -> {
        assertThat(body.extent().header()).isEqualTo(extent.body());
        assertThat(body.extent().end()).isEqualTo(extent.end());
        check(body);
      }
    }
  }
}
