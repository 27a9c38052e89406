package dev.postroom.smtp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** 64 KiB of DATA in lines of 76 characters, in chunks of 4 KiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DataDecoderBenchmark {
  private static final int CHUNK = 4096;
  private static final int CHUNKS = 16;
  private final byte[] chunk =
      ("x".repeat(76) + "\r\n").repeat(60).substring(0, CHUNK).getBytes(StandardCharsets.US_ASCII);

  @Benchmark
  public int decode() {
    var decoder = DataDecoder.untilDot();
    int length = 0;
    for (int i = 0; i < CHUNKS; i++) {
      decoder.decode(chunk, CHUNK);
      length += decoder.length();
    }
    return length;
  }
}
