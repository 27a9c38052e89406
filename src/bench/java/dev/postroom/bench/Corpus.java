package dev.postroom.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Messages of about 4 KiB that differ: 200 senders, made-up words of which few are frequent; most
 * are plain text, some have an HTML alternative in quoted-printable, some an attachment in base64.
 * The same seed gives the same messages, so both sides get the same.
 */
public final class Corpus {
  /** A word of one message in a hundred. */
  public static final String RARE_WORD = "kingfisher";

  /** A word of none. */
  public static final String ABSENT_WORD = "zeppelinquartz";

  private static final int SIZE = 4096;
  private static final int RARE_EVERY = 100;
  static final int SENDERS = 200;
  private static final int VOCABULARY = 4000;
  private static final int LINE = 72;
  private static final List<String> SYLLABLES =
      List.of(
          "ba", "con", "der", "el", "fi", "gra", "hu", "in", "ju", "ker", "lo", "mi", "ned", "or",
          "pla", "qui", "ra", "sto", "ten", "ul", "ver", "wa", "xo", "ys", "zen");

  private final Random random;
  private final List<String> words = new ArrayList<>();

  public Corpus(long seed) {
    random = new Random(seed);
    var vocabulary = new Random(1);
    for (int i = 0; i < VOCABULARY; i++) {
      var word = new StringBuilder();
      for (int n = 1 + vocabulary.nextInt(4); n > 0; n--) {
        word.append(SYLLABLES.get(vocabulary.nextInt(SYLLABLES.size())));
      }
      words.add(word.toString());
    }
  }

  /** The message with this number; numbers are asked for in order. */
  public byte[] message(int number) {
    var text = new StringBuilder(SIZE + 200);
    int sender = random.nextInt(SENDERS);
    text.append("Return-Path: <sender").append(sender).append("@people.test>\r\n");
    text.append("Received: from out.people.test (out.people.test [192.0.2.").append(sender);
    text.append("])\r\n\tby mail.bench.test with ESMTPS id ").append(hex());
    text.append(";\r\n\tTue, 24 Nov 2026 10:").append(two(number / 60 % 60)).append(":");
    text.append(two(number % 60)).append(" +0000\r\n");
    text.append("Date: Tue, 24 Nov 2026 10:").append(two(number / 60 % 60)).append(":");
    text.append(two(number % 60)).append(" +0000\r\n");
    text.append("From: ").append(name(sender)).append(" <sender").append(sender);
    text.append("@people.test>\r\n");
    text.append("To: Big Box <box@bench.test>\r\n");
    text.append("Subject: ").append(words(2 + random.nextInt(6))).append("\r\n");
    text.append("Message-ID: <").append(hex()).append(number).append("@people.test>\r\n");
    text.append("MIME-Version: 1.0\r\n");
    boolean rare = number % RARE_EVERY == 0;
    switch (number % 10) {
      case 3, 6 -> alternative(text, rare);
      case 9 -> mixed(text, rare);
      default -> {
        text.append("Content-Type: text/plain; charset=utf-8\r\n\r\n");
        prose(text, SIZE, rare);
      }
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void alternative(StringBuilder text, boolean rare) {
    var boundary = "alt-" + hex();
    text.append("Content-Type: multipart/alternative; boundary=\"").append(boundary);
    text.append("\"\r\n\r\n--").append(boundary);
    text.append("\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
    prose(text, (SIZE + text.length()) / 2, rare);
    text.append("--").append(boundary).append("\r\nContent-Type: text/html; charset=utf-8\r\n");
    text.append(
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body class=3D\"m\">\r\n");
    prose(text, SIZE - 60, false);
    text.append("</body></html>\r\n--").append(boundary).append("--\r\n");
  }

  private void mixed(StringBuilder text, boolean rare) {
    var boundary = "mix-" + hex();
    text.append("Content-Type: multipart/mixed; boundary=\"").append(boundary);
    text.append("\"\r\n\r\n--").append(boundary);
    text.append("\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
    prose(text, (SIZE + text.length()) / 2, rare);
    text.append("--").append(boundary).append("\r\nContent-Type: application/octet-stream; ");
    text.append("name=\"data.bin\"\r\nContent-Disposition: attachment; filename=\"data.bin\"\r\n");
    text.append("Content-Transfer-Encoding: base64\r\n\r\n");
    var octets = new byte[Math.max(1, (SIZE - text.length() - 40) * 3 / 4)];
    random.nextBytes(octets);
    text.append(Base64.getMimeEncoder().encodeToString(octets));
    text.append("\r\n--").append(boundary).append("--\r\n");
  }

  private void prose(StringBuilder text, int end, boolean rare) {
    int line = 0;
    if (rare) {
      text.append(RARE_WORD).append(' ');
    }
    while (text.length() < end) {
      var word = word();
      if (line + word.length() > LINE) {
        text.append("\r\n");
        line = 0;
      }
      text.append(word).append(' ');
      line += word.length() + 1;
    }
    text.append("\r\n");
  }

  private String words(int count) {
    var joined = new StringBuilder(word());
    for (int i = 1; i < count; i++) {
      joined.append(' ').append(word());
    }
    return joined.toString();
  }

  /** Low numbers are frequent. */
  private String word() {
    double skewed = random.nextDouble() * random.nextDouble() * random.nextDouble();
    return words.get((int) (skewed * VOCABULARY));
  }

  private String name(int sender) {
    return words.get(sender * 7 % VOCABULARY) + " " + words.get(sender * 13 % VOCABULARY);
  }

  private String hex() {
    return Long.toHexString(random.nextLong());
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : "" + number;
  }
}
