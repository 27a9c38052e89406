package dev.postroom.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.message.MessageSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class MultiLineTest {
  private static final byte[] OCTETS = {'.', '\r', '\n', 'a'};

  private static String whole(InputStream message) throws IOException {
    var sent = new ByteArrayOutputStream();
    MultiLine.sendWhole(message, sent::write);
    return sent.toString(StandardCharsets.ISO_8859_1);
  }

  private static String whole(String message) throws IOException {
    return whole(new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void dotsAtLineStartsAreDoubledAndLineEndsMadeWhole() throws IOException {
    assertThat(whole("")).isEqualTo(".\r\n");
    assertThat(whole(".")).isEqualTo("..\r\n.\r\n");
    assertThat(whole("a\r\n.\r\n..b\n.c.\n\r\nd"))
        .isEqualTo("a\r\n..\r\n...b\r\n..c.\r\n\r\nd\r\n.\r\n");
  }

  /** However its octets come in, a message is sent as TOP with all its lines sends it. */
  @Property
  void wholeAndTopAgree(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    var message = new byte[random.nextInt(40)];
    for (int i = 0; i < message.length; i++) {
      message[i] = OCTETS[random.nextInt(OCTETS.length)];
    }
    var top = new ByteArrayOutputStream();
    MultiLine.sendTop(new ByteArrayInputStream(message), Integer.MAX_VALUE, top::write);
    var inPieces =
        new ByteArrayInputStream(message) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1 + random.nextInt(4)));
          }
        };
    assertThat(whole(inPieces)).isEqualTo(top.toString(StandardCharsets.ISO_8859_1));
  }

  @Property(tries = 2000)
  void theOctetsThatAreAddedAreCountedWhenAMessageArrives(
      @ForAll @CharRange(from = '\n', to = '\r') @CharRange(from = 'a', to = 'b') String text)
      throws IOException {
    var message = text.getBytes(StandardCharsets.ISO_8859_1);
    var sent = new ByteArrayOutputStream();
    MultiLine.sendWhole(new ByteArrayInputStream(message), sent::write);
    assertThat(sent.size() - ".\r\n".length())
        .isEqualTo(
            message.length + MessageSummary.scan(new ByteArrayInputStream(message)).lineEnds());
  }
}
