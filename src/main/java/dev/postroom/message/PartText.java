package dev.postroom.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** The content of a part, decoded. */
public final class PartText {
  /**
   * What is meant by names that senders use for more than they stand for: supersets, in which all
   * that the name allows reads the same (as the Encoding Standard of web browsers has it).
   */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("us-ascii", "utf-8"),
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("gb2312", "gb18030"),
          Map.entry("gbk", "gb18030"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("ks_c_5601-1987", "x-windows-949"));

  private PartText() {}

  /** Without its transfer encoding (RFC 2045 §6); malformed encodings give what can be had. */
  public static InputStream decoded(MimeFields fields, InputStream content) {
    return switch (fields.encoding()) {
      case "base64" -> new NeverNothing(new Base64InputStream(content, DecodeMonitor.SILENT));
      case "quoted-printable" ->
          new NeverNothing(new QuotedPrintableInputStream(content, DecodeMonitor.SILENT));
      default -> content;
    };
  }

  /** The decoders answer 0 octets at times, which readers of text take for a fault. */
  private static final class NeverNothing extends FilterInputStream {
    NeverNothing(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      int read;
      do {
        read = super.read(octets, offset, length);
      } while (read == 0 && length > 0);
      return read;
    }
  }

  /** As text, by its charset; what the charset does not know becomes U+FFFD. */
  public static Reader reader(MimeFields fields, InputStream content) throws IOException {
    return new InputStreamReader(decoded(fields, content), charset(fields));
  }

  private static Charset charset(MimeFields fields) {
    var name = fields.parameter("charset").orElse("utf-8").strip().toLowerCase(Locale.ROOT);
    try {
      return Charset.forName(MEANT.getOrDefault(name, name));
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
