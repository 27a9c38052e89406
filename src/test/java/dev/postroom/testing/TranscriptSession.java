package dev.postroom.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** The client's end of one connection. Octets are characters of ISO 8859-1 here. */
final class TranscriptSession implements AutoCloseable {
  private final TranscriptServer server;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  TranscriptSession(TranscriptServer server, boolean overTls) throws IOException {
    this.server = server;
    socket = server.connect(overTls);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void secure() throws IOException {
    if (in.available() > 0) {
      throw new AssertionError("unread plain text before the TLS handshake");
    }
    socket = server.secure(socket);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void deflate() throws IOException {
    if (in.available() > 0) {
      throw new AssertionError("unread plain octets before the compressed ones");
    }
    in = new BufferedInputStream(new InflaterInputStream(in, new Inflater(true)));
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    out = new DeflaterOutputStream(out, deflater, true);
  }

  void send(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  /** The next line without its CRLF, in UTF-8; null at the end. */
  @Nullable String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = read(); octet >= 0; octet = read()) {
      if (octet == '\n') {
        var text = line.toString(StandardCharsets.UTF_8);
        if (!text.endsWith("\r")) {
          throw new AssertionError("a line that ends with a bare LF: " + text);
        }
        return text.substring(0, text.length() - 1);
      }
      line.write(octet);
    }
    return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8) + "<no CRLF>";
  }

  private int read() throws IOException {
    try {
      return in.read();
    } catch (EOFException _) {
      return -1; // a compressed stream needs no last block
    }
  }

  byte[] octets(int count) throws IOException {
    return in.readNBytes(count);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
