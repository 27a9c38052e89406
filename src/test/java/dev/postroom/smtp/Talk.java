package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.smtp.syntax.SmtpReply;
import dev.postroom.smtp.syntax.SmtpReplyParser;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** A client's side of a conversation, for tests that do more than a transcript can. */
final class Talk implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private Talk(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
  }

  /** Connects and hears the greeting. */
  static Talk with(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return greeted(new Talk(socket));
  }

  static Talk with(String host, int port) throws IOException {
    var socket = new Socket(host, port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return greeted(new Talk(socket));
  }

  static Talk overTls(int port, SSLContext trust) throws IOException {
    var socket = trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return greeted(new Talk(socket));
  }

  private static Talk greeted(Talk talk) throws IOException {
    assertThat(talk.hear().code()).isEqualTo(220);
    return talk;
  }

  /** Sends a line and hears the answer. */
  SmtpReply say(String line) throws IOException {
    send(line + "\r\n");
    return hear();
  }

  void expect(int code, String line) throws IOException {
    assertThat(say(line)).as(line).extracting(SmtpReply::code).isEqualTo(code);
  }

  void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  OutputStream out() {
    return out;
  }

  SmtpReply hear() throws IOException {
    out.flush();
    var parser = new SmtpReplyParser();
    while (!parser.isComplete()) {
      parser.add(line());
    }
    return parser.reply();
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the server has hung up after: " + line);
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
