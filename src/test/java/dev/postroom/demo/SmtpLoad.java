package dev.postroom.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Sends numbered messages through several connections and remembers which of them were answered
 * with 250, and what exactly each of them was. All go to the first recipient, each second one also
 * to the second, each third one to the third.
 */
final class SmtpLoad {
  private final String name;
  private final int port;
  private final List<String> recipients;
  private final int messages;
  private final int connections;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<String, String> sent = new ConcurrentHashMap<>();
  private final Map<String, String> accepted = new ConcurrentHashMap<>();
  private final AtomicInteger turnedAway = new AtomicInteger();

  SmtpLoad(String name, int port, List<String> recipients, int messages, int connections) {
    this.name = name;
    this.port = port;
    this.recipients = List.copyOf(recipients);
    this.messages = messages;
    this.connections = connections;
  }

  /** Sends until all are sent or every connection has broken. */
  void run() throws InterruptedException {
    try (var senders = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        senders.execute(this::converse);
      }
      senders.shutdown();
      if (!senders.awaitTermination(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the load did not end");
      }
    }
  }

  /** Subjects of the messages that were answered with 250, and their octets. */
  Map<String, String> accepted() {
    return accepted;
  }

  /** Every message that was begun, accepted or not. */
  Map<String, String> sent() {
    return sent;
  }

  /** Messages answered with 4xx. */
  int turnedAway() {
    return turnedAway.get();
  }

  private void converse() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 5000);
      socket.setSoTimeout(60_000);
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      var out = socket.getOutputStream();
      reply(in);
      say(out, "EHLO load.test");
      reply(in);
      int number;
      while ((number = next.getAndIncrement()) < messages) {
        send(number, in, out);
      }
      say(out, "QUIT");
    } catch (IOException broken) {
      // the server was killed: what had no 250 by now was not accepted
    }
  }

  private void send(int number, BufferedReader in, OutputStream out) throws IOException {
    var subject = name + "-" + number;
    var message = message(subject, number);
    sent.put(subject, message);
    say(out, "MAIL FROM:<load@sender.test>");
    int worst = reply(in);
    for (var recipient : recipientsOf(number)) {
      say(out, "RCPT TO:<" + recipient + ">");
      worst = Math.max(worst, reply(in));
    }
    if (worst != 250) {
      turnedAway.incrementAndGet();
      say(out, "RSET");
      reply(in);
      return;
    }
    say(out, "DATA");
    if (reply(in) == 354) {
      out.write(message.getBytes(StandardCharsets.US_ASCII));
      say(out, ".");
      if (reply(in) == 250) {
        accepted.put(subject, message);
      } else {
        turnedAway.incrementAndGet();
      }
    }
  }

  private List<String> recipientsOf(int number) {
    return IntStream.range(0, recipients.size())
        .filter(place -> number % (place + 1) == 0)
        .mapToObj(recipients::get)
        .toList();
  }

  /** Those of {@link #accepted} that went to this recipient, too. */
  Map<String, String> accepted(String recipient) {
    var texts = new HashMap<>(accepted);
    texts
        .keySet()
        .removeIf(
            subject ->
                !recipientsOf(Integer.parseInt(subject.substring(name.length() + 1)))
                    .contains(recipient));
    return texts;
  }

  private static String message(String subject, int seed) {
    var random = new Random(seed);
    var text = new StringBuilder("From: load@sender.test\r\nSubject: " + subject + "\r\n\r\n");
    int lines = 10 + random.nextInt(100);
    for (int i = 0; i < lines; i++) {
      text.append(Long.toHexString(random.nextLong())).append(' ').append(i).append("\r\n");
    }
    return text.toString();
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static int reply(BufferedReader in) throws IOException {
    String line;
    do {
      line = in.readLine();
      if (line == null) {
        throw new IOException("the connection has ended");
      }
    } while (line.length() > 3 && line.charAt(3) == '-');
    return Integer.parseInt(line.substring(0, 3));
  }
}
