package dev.postroom.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A mail program that is logged in and hands over messages, each to many recipients. */
final class Submission implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Demo.Login login;
  private final java.net.Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  Submission(Demo demo, Demo.Login login) throws IOException {
    this.login = login;
    socket = trusting().getSocketFactory().createSocket("127.0.0.1", demo.port("submissions"));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    out = socket.getOutputStream();
    expect(220);
    say("EHLO program.test");
    expect(250);
    var secret = "\0" + login.address() + "\0" + login.password();
    say(
        "AUTH PLAIN "
            + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    expect(235);
  }

  /** Whose certificate it is makes no difference here. */
  private static SSLContext trusting() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns when the message was answered with 250. */
  void send(String subject, int size, List<String> recipients) throws IOException {
    var envelope = new StringBuilder("MAIL FROM:<" + login.address() + ">\r\n");
    recipients.forEach(recipient -> envelope.append("RCPT TO:<" + recipient + ">\r\n"));
    say(envelope + "DATA");
    expect(250);
    for (int i = 0; i < recipients.size(); i++) {
      expect(250);
    }
    expect(354);
    say(
        """
        From: <%s>\r
        To: undisclosed-recipients:;\r
        Subject: %s\r
        \r
        %s\r
        ."""
            .formatted(login.address(), subject, "x".repeat(70).concat("\r\n").repeat(size / 72)));
    expect(250);
  }

  private void say(String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private void expect(int code) throws IOException {
    String line;
    do {
      line = in.readLine();
      if (line == null || !line.startsWith("" + code)) {
        throw new IOException("not " + code + ": " + line);
      }
    } while (line.charAt(3) == '-');
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
