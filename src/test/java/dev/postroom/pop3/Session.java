package dev.postroom.pop3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's session in plain text, its greeting read. */
final class Session implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;

  Session(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(15_000);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    in.readLine();
  }

  @Nullable String ask(String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    return in.readLine();
  }

  @Nullable String line() throws IOException {
    return in.readLine();
  }

  /** The lines of a multi-line response up to its dot. */
  List<String> lines() throws IOException {
    var lines = new ArrayList<String>();
    for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
