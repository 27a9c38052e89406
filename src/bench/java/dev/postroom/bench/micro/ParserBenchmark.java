package dev.postroom.bench.micro;

import dev.postroom.imap.syntax.CommandParser;
import dev.postroom.imap.syntax.ImapSyntaxException;
import dev.postroom.imap.syntax.TaggedCommand;
import dev.postroom.imap.syntax.TextForm;
import dev.postroom.smtp.syntax.SmtpCommand;
import dev.postroom.smtp.syntax.SmtpParser;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Command lines of the two protocols. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParserBenchmark {
  private static final byte[] FETCH =
      octets(
          "a7 UID FETCH 1:*,4711 (FLAGS UID RFC822.SIZE ENVELOPE BODY.PEEK[HEADER.FIELDS (DATE)])");
  private static final byte[] SEARCH =
      octets("a8 UID SEARCH CHARSET UTF-8 UNSEEN OR FROM \"ann\" TEXT \"bread\" SINCE 1-Nov-2026");

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Benchmark
  public SmtpCommand smtpMail() {
    return SmtpParser.parse("MAIL FROM:<somebody.else@sender.example> SIZE=4711 BODY=8BITMIME");
  }

  @Benchmark
  public SmtpCommand smtpRcpt() {
    return SmtpParser.parse("RCPT TO:<ann.alpha+lists@alpha.example>");
  }

  @Benchmark
  public TaggedCommand imapFetch() throws ImapSyntaxException {
    return CommandParser.parse(FETCH, TextForm.ASCII);
  }

  @Benchmark
  public TaggedCommand imapSearch() throws ImapSyntaxException {
    return CommandParser.parse(SEARCH, TextForm.ASCII);
  }
}
