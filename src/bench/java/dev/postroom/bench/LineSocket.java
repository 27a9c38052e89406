package dev.postroom.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection that speaks in lines and blocks of octets. One thread uses it. */
final class LineSocket implements AutoCloseable {
  private static final byte[] DOT_LINE = {'\r', '\n', '.', '\r', '\n'};

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] line = new byte[256];

  LineSocket(int port, int timeoutMillis, int buffer) {
    try {
      socket = new Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(timeoutMillis);
      in = new BufferedInputStream(socket.getInputStream(), buffer);
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] octets) {
    try {
      out.write(octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line without its CRLF. */
  String line() {
    try {
      int length = 0;
      while (true) {
        int octet = in.read();
        if (octet < 0) {
          throw new EOFException("the server has closed the connection");
        }
        if (octet == '\n') {
          int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
          return new String(line, 0, end, StandardCharsets.ISO_8859_1);
        }
        if (length == line.length) {
          line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = (byte) octet;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads to the line that is a dot alone, keeping nothing. */
  void skipToDot() {
    try {
      int place = 2; // of DOT_LINE: a line begins here
      while (true) {
        int octet = in.read();
        if (octet < 0) {
          throw new EOFException("the server has closed the connection");
        }
        place = DOT_LINE[place] == octet ? place + 1 : octet == '\r' ? 1 : 0;
        if (place == DOT_LINE.length) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void skip(long octets) {
    try {
      in.skipNBytes(octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
