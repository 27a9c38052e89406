package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DeflationTest {
  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** All that these compressed octets stand for. */
  private static byte[] inflated(Inflation inflation, byte[] compressed) throws Exception {
    inflation.add(ByteBuffer.wrap(compressed));
    var all = new ByteArrayOutputStream();
    while (inflation.hasMore()) {
      var piece = inflation.next();
      assertThat(piece.remaining()).isLessThanOrEqualTo(Inflation.PIECE);
      all.write(piece.array(), 0, piece.remaining());
    }
    return all.toByteArray();
  }

  @Property(tries = 300)
  void whatIsFlushedArrivesThoughTheCompressorRestsNowAndThen(
      @ForAll List<byte[]> messages, @ForAll Random random) throws Exception {
    var deflation = new Deflation();
    var inflation = new Inflation();
    try {
      for (var message : messages) {
        var compressed = new ByteArrayOutputStream();
        compressed.writeBytes(deflation.compress(message, message.length, random.nextBoolean()));
        compressed.writeBytes(deflation.compress(new byte[0], 0, true));
        assertThat(inflated(inflation, compressed.toByteArray())).isEqualTo(message);
        if (random.nextBoolean()) {
          deflation.rest();
        }
      }
    } finally {
      deflation.end();
      inflation.end();
    }
  }

  @Test
  void nothingIsSentForNothing() {
    var deflation = new Deflation();
    assertThat(deflation.compress(new byte[0], 0, true)).isEmpty();
    deflation.compress(octets("abc"), 3, true);
    assertThat(deflation.compress(new byte[0], 0, true)).isEmpty();
    deflation.end();
  }

  @Test
  void aFewOctetsThatStandForVeryManyAreReadInPieces() throws Exception {
    var deflater = new Deflater(9, true);
    deflater.setInput(new byte[64 * 1024 * 1024]);
    var bomb = new byte[128 * 1024];
    int length = deflater.deflate(bomb, 0, bomb.length, Deflater.SYNC_FLUSH);
    deflater.end();
    assertThat(length).isLessThan(bomb.length);
    var inflation = new Inflation();
    inflation.add(ByteBuffer.wrap(bomb, 0, length));
    long all = 0;
    while (inflation.hasMore()) {
      var piece = inflation.next();
      assertThat(piece.capacity()).isEqualTo(Inflation.PIECE);
      all += piece.remaining();
    }
    assertThat(all).isEqualTo(64 * 1024 * 1024);
    inflation.end();
  }

  @Property(tries = 500)
  void anyOctetsInflateOrAreTheEnd(@ForAll byte[] octets) {
    var inflation = new Inflation();
    inflation.add(ByteBuffer.wrap(octets));
    int asked = 0;
    try {
      while (inflation.hasMore() && asked++ < 10_000) {
        inflation.next();
      }
    } catch (WireClosedException _) {
      // as it should
    } finally {
      inflation.end();
    }
    assertThat(asked).isLessThan(10_000);
  }

  @Test
  void nothingFollowsTheLastBlockOrWhatIsBroken() throws Exception {
    var deflater = new Deflater(6, true);
    deflater.setInput(octets("the end"));
    deflater.finish();
    var compressed = new byte[100];
    int length = deflater.deflate(compressed);
    deflater.end();
    var inflation = new Inflation();
    inflation.add(ByteBuffer.wrap(compressed, 0, length));
    assertThat(inflation.next()).isEqualTo(ByteBuffer.wrap(octets("the end")));
    assertThat(inflation.hasMore()).isTrue();
    assertThatThrownBy(inflation::next).isInstanceOf(WireClosedException.class);
    inflation.end();
    assertThatThrownBy(inflation::next).isInstanceOf(WireClosedException.class);
  }
}
