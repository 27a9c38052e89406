package dev.postroom.bench.micro;

import dev.postroom.bench.Corpus;
import dev.postroom.message.Headers;
import dev.postroom.message.MessageEnvelope;
import dev.postroom.message.MessageSummary;
import dev.postroom.message.ScannedMessage;
import dev.postroom.message.TextSearch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What happens once for each message that arrives or is listed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {
  /** 1 is plain text, 3 has an HTML alternative, 9 an attachment. */
  @Param({"1", "3", "9"})
  public int kind;

  private final TextSearch search = new TextSearch(Corpus.ABSENT_WORD);
  private byte[] octets = {};
  private byte[] encoded = {};
  private ScannedMessage scanned = scan(new byte[0]);

  @Setup
  public void prepare() {
    var corpus = new Corpus(1);
    for (int i = 0; i <= kind; i++) {
      octets = corpus.message(i);
    }
    scanned = scan(octets);
    encoded = scanned.summary().encode();
  }

  private static ScannedMessage scan(byte[] octets) {
    try {
      return MessageSummary.scan(new ByteArrayInputStream(octets));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Benchmark
  public ScannedMessage scan() {
    return scan(octets);
  }

  @Benchmark
  public byte[] summaryEncode() {
    return scanned.summary().encode();
  }

  @Benchmark
  public MessageSummary summaryDecode() {
    return MessageSummary.decode(encoded);
  }

  @Benchmark
  public MessageEnvelope headersToEnvelope() {
    return MessageEnvelope.of(Headers.parse(scanned.header()));
  }

  @Benchmark
  public boolean textSearch() throws IOException {
    return search.isIn(
        scanned.summary().body(),
        (offset, length) -> new ByteArrayInputStream(octets, (int) offset, (int) length));
  }
}
