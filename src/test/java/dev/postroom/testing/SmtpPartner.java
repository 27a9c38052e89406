package dev.postroom.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Another SMTP server on loopback, whose answers a test writes and which keeps what it got. Without
 * a script it takes everything. It is strict: a bare LF, or a message that does not end as it
 * should, is an error that the test sees in {@link #complaints}.
 */
public final class SmtpPartner implements AutoCloseable {
  /** An answer that is none: it hangs up. */
  public static final String HANG_UP = "(hang up)";

  /** An answer that is none: it says nothing and waits. */
  public static final String SILENCE = "(silence)";

  /**
   * A message that it took, or was sent up to the final dot.
   *
   * @param content with dots unstuffed
   * @param tls the protocol, empty in plain text
   * @param connection counted from 1
   */
  public record Received(
      String from, List<String> to, String content, String tls, int connection) {}

  private final int port;
  private final Map<String, Deque<String>> script = new LinkedHashMap<>();
  private final List<Received> messages = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> peers = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile List<String> extensions = List.of("PIPELINING", "8BITMIME", "SIZE");
  private volatile SSLContext tls;
  private volatile ServerSocket listener;
  private volatile Thread accepting;

  private SmtpPartner(int port) {
    this.port = port;
  }

  public static SmtpPartner start() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free.setReuseAddress(true);
      var partner = new SmtpPartner(free.getLocalPort());
      free.close();
      partner.up();
      return partner;
    }
  }

  /** Listens again, on the same port. */
  public void up() throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress("127.0.0.1", port), 200);
    listener = socket;
    accepting = Thread.ofVirtual().start(() -> accept(socket));
  }

  /** Stops listening and drops every connection. */
  public void down() throws IOException {
    listener.close();
    try {
      accepting.join(); // only then is the port free again
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    for (var socket : open) {
      socket.close();
    }
  }

  public int port() {
    return port;
  }

  /** What a route takes. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /**
   * What it answers to commands that begin with {@code command} ({@code "RCPT TO:<ann@"}, {@code
   * "(connect)"}, {@code "."} for the end of a message): one after the other, the last for ever.
   * {@code "DATA"} must be answered with 354 to go on. Lines of one answer are separated by \n.
   */
  public SmtpPartner on(String command, String... answers) {
    synchronized (script) {
      script.put(command, new ArrayDeque<>(List.of(answers)));
    }
    return this;
  }

  public SmtpPartner extensions(String... keywords) {
    extensions = List.of(keywords);
    return this;
  }

  /** Offers STARTTLS. */
  public SmtpPartner tls(SSLContext context) {
    tls = context;
    return this;
  }

  public List<Received> messages() {
    return List.copyOf(messages);
  }

  public List<String> commands() {
    return List.copyOf(commands);
  }

  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The addresses that connected. */
  public List<String> peers() {
    return List.copyOf(peers);
  }

  public int connections() {
    return connections.get();
  }

  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        connection.setTcpNoDelay(true);
        open.add(connection);
        peers.add(connection.getInetAddress().getHostAddress());
        mostAtOnce.accumulateAndGet(open.size(), Math::max);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> new Session(connection, number).hold());
      } catch (IOException closed) {
        // the loop ends
      }
    }
  }

  private String scripted(String command) {
    synchronized (script) {
      for (var entry : script.entrySet()) {
        if (command.regionMatches(true, 0, entry.getKey(), 0, entry.getKey().length())) {
          return entry.getValue().size() > 1
              ? entry.getValue().removeFirst()
              : entry.getValue().getFirst();
        }
      }
      return null;
    }
  }

  @Override
  public void close() {
    try {
      down();
    } catch (IOException alreadyClosed) {
      // nothing left to close
    }
  }

  private final class Session {
    private Socket socket;
    private final int number;
    private InputStream in;
    private OutputStream out;
    private String security = "";
    private String from;
    private final List<String> to = new ArrayList<>();
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    Session(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    void hold() {
      try (var plain = socket) {
        use(plain);
        answer("(connect)", "220 partner.example.net ESMTP");
        while (step(line())) {
          // until QUIT
        }
        open.remove(plain);
      } catch (IOException ended) {
        open.removeIf(Socket::isClosed);
      }
    }

    private void use(Socket from) throws IOException {
      in = new BufferedInputStream(from.getInputStream());
      out = new BufferedOutputStream(from.getOutputStream());
    }

    private String line() throws IOException {
      var line = new ByteArrayOutputStream();
      int before = 0;
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        if (octet == '\n') {
          if (before != '\r') {
            complaints.add("bare LF in: " + line);
          }
          var text = line.toString(StandardCharsets.ISO_8859_1);
          return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
        if (before == '\r') {
          complaints.add("bare CR in: " + line);
        }
        line.write(octet);
        before = octet;
      }
      throw new EOFException();
    }

    private boolean step(String command) throws IOException {
      commands.add(command);
      var verb = command.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      switch (verb) {
        case "EHLO" -> answer(command, greeting());
        case "MAIL" -> mail(command);
        case "RCPT" -> recipient(command);
        case "DATA" -> data(command);
        case "BDAT" -> chunk(command);
        case "STARTTLS" -> startTls(command);
        case "RSET" -> {
          forget();
          answer(command, "250 2.0.0 forgotten");
        }
        case "QUIT" -> {
          answer(command, "221 2.0.0 bye");
          return false;
        }
        default -> answer(command, verb.equals("HELO") ? "250 hello" : "500 5.5.1 what?");
      }
      return true;
    }

    private String greeting() {
      var lines = new ArrayList<String>(List.of("partner.example.net"));
      lines.addAll(extensions);
      if (tls != null && security.isEmpty()) {
        lines.add("STARTTLS");
      }
      var text = new StringBuilder();
      for (int i = 0; i < lines.size(); i++) {
        text.append(i == lines.size() - 1 ? "250 " : "250-").append(lines.get(i)).append('\n');
      }
      return text.toString().strip();
    }

    private void mail(String command) throws IOException {
      if (from != null) {
        complaints.add("nested MAIL");
      }
      if (answer(command, "250 2.1.0 ok").startsWith("250")) {
        from = path(command);
      }
    }

    private void recipient(String command) throws IOException {
      if (from == null) {
        answer(command, "503 5.5.1 MAIL first");
      } else if (answer(command, "250 2.1.5 ok").startsWith("25")) {
        to.add(path(command));
      }
    }

    private void data(String command) throws IOException {
      boolean ready = from != null && !to.isEmpty();
      if (answer(command, ready ? "354 go on" : "503 5.5.1 RCPT first").startsWith("354")) {
        content();
      }
    }

    private void content() throws IOException {
      var content = new StringBuilder();
      for (var line = line(); !line.equals("."); line = line()) {
        content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
      }
      var received = new Received(from, List.copyOf(to), content.toString(), security, number);
      forget();
      if (peekAnswer().startsWith("250")) {
        messages.add(received);
      }
      answer(".", "250 2.0.0 taken");
    }

    private void chunk(String command) throws IOException {
      var words = command.split(" ");
      chunks.write(in.readNBytes(Integer.parseInt(words[1])));
      boolean last = words.length > 2;
      if (from == null || to.isEmpty()) {
        complaints.add("a chunk for nobody");
      }
      var received =
          new Received(
              from,
              List.copyOf(to),
              chunks.toString(StandardCharsets.ISO_8859_1),
              security,
              number);
      if (answer(command, "250 2.0.0 taken").startsWith("250") && last) {
        messages.add(received);
        forget();
      }
    }

    private String peekAnswer() {
      synchronized (script) {
        var answers = script.get(".");
        return answers == null ? "250" : answers.getFirst();
      }
    }

    private void forget() {
      from = null;
      to.clear();
      chunks.reset();
    }

    private void startTls(String command) throws IOException {
      if (!answer(command, tls == null ? "502 5.5.1 no" : "220 go on").startsWith("220")) {
        return;
      }
      if (tls == null) {
        throw new EOFException("whatever comes now, it is no handshake");
      }
      if (in.available() > 0) {
        complaints.add("commands before the handshake");
      }
      var secure =
          (SSLSocket)
              tls.getSocketFactory()
                  .createSocket(socket, socket.getInetAddress().getHostName(), port, false);
      secure.setUseClientMode(false);
      secure.startHandshake();
      security = secure.getSession().getProtocol();
      socket = secure;
      use(secure);
      forget();
    }

    private String answer(String command, String usual) throws IOException {
      var scripted = scripted(command);
      var answer = scripted == null ? usual : scripted;
      if (answer.equals(HANG_UP)) {
        socket.close();
        throw new EOFException();
      }
      if (answer.equals(SILENCE)) {
        in.transferTo(OutputStream.nullOutputStream()); // until the other side gives up
        throw new EOFException();
      }
      for (var line : answer.split("\n")) {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      return answer;
    }

    private static String path(String command) {
      return command.substring(command.indexOf('<') + 1, command.indexOf('>'));
    }
  }
}
