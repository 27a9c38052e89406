package dev.postroom.imap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A client that sends a command and collects its responses, octets as characters. */
final class ImapClient implements AutoCloseable {
  private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)}$");

  /** The untagged responses, literals within, and the completion without its tag. */
  record Answer(List<String> untagged, String completion) {
    boolean isOk() {
      return completion.startsWith("OK");
    }
  }

  private final Socket socket;
  private final InputStream in;
  private int commands;

  ImapClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
    response();
  }

  /**
   * @throws EOFException when the server closes
   */
  Answer send(String command) throws IOException {
    var tag = "t" + ++commands;
    write(tag + " " + command + "\r\n");
    var untagged = new ArrayList<String>();
    while (true) {
      var response = response();
      if (response.startsWith(tag + " ")) {
        return new Answer(untagged, response.substring(tag.length() + 1));
      }
      untagged.add(response);
    }
  }

  void write(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** One response, without its last CRLF. */
  String response() throws IOException {
    var response = new StringBuilder(line());
    for (var literal = LITERAL.matcher(response); literal.find(); literal.reset(response)) {
      int size = Integer.parseInt(literal.group(1));
      var octets = in.readNBytes(size);
      response.append("\r\n").append(new String(octets, StandardCharsets.ISO_8859_1));
      response.append(line());
    }
    return response.toString();
  }

  /** Waits until something has come. */
  boolean hears(Duration atMost) throws IOException {
    int patience = socket.getSoTimeout();
    socket.setSoTimeout(Math.toIntExact(atMost.toMillis()));
    in.mark(1);
    try {
      boolean heard = in.read() >= 0;
      in.reset();
      return heard;
    } catch (SocketTimeoutException _) {
      return false;
    } finally {
      socket.setSoTimeout(patience);
    }
  }

  /** IDLE until something has come, or not, and DONE. */
  Answer idle(Duration atMost) throws IOException {
    var tag = "t" + ++commands;
    write(tag + " IDLE\r\n");
    var untagged = new ArrayList<String>();
    boolean told = false;
    while (true) {
      var response = response();
      if (response.startsWith(tag + " ")) {
        return new Answer(untagged, response.substring(tag.length() + 1));
      }
      if (!response.startsWith("+")) {
        untagged.add(response);
      } else if (!told) {
        told = true;
        hears(atMost);
        write("DONE\r\n");
      }
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the server closed");
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
