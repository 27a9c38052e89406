package dev.postroom.outbound;

import dev.postroom.blob.Blob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The header field with which a sender says that delivery matters more than secrecy (RFC 8689 §5).
 * It is looked for only when a message would have to wait.
 */
final class TlsRequired {
  private static final String NAME = "tls-required:";
  private static final int MAX_HEADER = 256 * 1024;

  private TlsRequired() {}

  /** Whether the header section says {@code TLS-Required: No}. */
  static boolean saysNo(Blob content) throws IOException {
    try (var reader =
        new BufferedReader(new InputStreamReader(content.read(), StandardCharsets.ISO_8859_1))) {
      int octets = 0;
      for (var line = reader.readLine();
          line != null && !line.isEmpty() && octets < MAX_HEADER;
          line = reader.readLine()) {
        octets += line.length();
        var lower = line.toLowerCase(Locale.ROOT);
        if (lower.startsWith(NAME)) {
          return lower.substring(NAME.length()).strip().equals("no");
        }
      }
      return false;
    }
  }
}
