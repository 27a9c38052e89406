package dev.postroom.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Messages as nobody would write them: trees of parts with much broken in them. */
public final class AnyMessages {
  private static final List<String> FIELDS =
      List.of(
          "Subject: =?utf-8?q?=C3=A4?= =?x?b?!?= =?=?=",
          "Subject: \0nul \u00e4\u00c3\u00a4\rcr",
          "From: \"a\\\"b\" <x@y.test>, (c(o)m \\) u, @z: <@r,@s:q@w>",
          "To: group: a@b, c; , undisclosed:;, <<x>, \"open",
          "Cc: =?utf-8?b?w6Q=?= <\u00c3\u00a4@\u00c3\u00b6.test>;:;:",
          "Sender:",
          "Reply-To: , ,,",
          "Date: yesterday",
          "Message-ID: <1@x>\r\n\t(folded)",
          "In-Reply-To: \\\"{3}\r\n \0",
          "Content-ID: <c\"{1}>",
          "Content-Description: \u00e4 \"\\",
          "Content-MD5: {}",
          "Content-Language: en, ,(x), d\u00e9",
          "Content-Location: a\rb",
          "Content-Disposition: attachment; filename*0*=utf-8''a%; filename*1=\"b\"; filename*1*=c",
          "Content-Disposition: ;;=;\u00e4",
          "Content-Disposition: inline; filename=\"\u00c3\u00a4.txt\"; size=1; =; x",
          "no field at all",
          ": empty name",
          " begins with a fold",
          "X: " + "y".repeat(1100));

  private static final List<String> TYPES =
      List.of(
          "text/plain",
          "text/html; charset=x-unknown",
          "text/plain; charset=\"utf-8",
          "application/octet-stream; name*=x''%zz; name*0=a",
          "image/",
          "/x",
          "text",
          "multipart/mixed",
          "multipart/mixed; boundary=\"\"",
          "message/rfc822",
          "message/global",
          "message/partial; id=\"(\"",
          "a\u00e4/b; c=\u00e4",
          "text/plain; a=1; a=2; charset*=us-ascii'en'utf%2D8",
          "(comment) text/plain; x=(y)z");

  private static final List<String> ENCODINGS =
      List.of(
          "7bit", "8bit", "binary", "BASE64", "quoted-printable", "x-uuencode", "(", "", "\u00e4");

  private static final List<String> CONTENTS =
      List.of(
          "",
          "text\r\n",
          "bare\nlf\rcr\0nul",
          "aGFsbG8=",
          "a=C3=A4=\r\nb=",
          "aGF\0sb%G8",
          "--",
          "--\r\n",
          "-- \r\nsig",
          "=?utf-8?q?x?=",
          "\r\n\r\n",
          ".\r\n..\r\n",
          "line\r\n".repeat(20),
          "<p>h&uuml;</p>");

  private static final List<String> ENDS = List.of("\r\n", "\r\n", "\r\n", "\n", "\r", "");

  private final RandomGenerator random;

  public AnyMessages(RandomGenerator random) {
    this.random = random;
  }

  public byte[] next() {
    var text = new StringBuilder();
    entity(text, 0);
    var octets = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    return random.nextInt(3) == 0 ? mutated(octets) : octets;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String end() {
    return random.nextInt(12) == 0 ? any(ENDS) : "\r\n";
  }

  private void entity(StringBuilder out, int depth) {
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append(any(FIELDS)).append(end());
    }
    if (depth < 5 && random.nextInt(depth + 2) == 0) {
      multipart(out, depth);
    } else if (depth < 40 && random.nextInt(8) == 0) {
      out.append("Content-Type: message/rfc822").append(end()).append(end());
      entity(out, depth + 1);
    } else {
      if (random.nextBoolean()) {
        out.append("Content-Type: ").append(any(TYPES)).append(end());
      }
      if (random.nextBoolean()) {
        out.append("Content-Transfer-Encoding: ").append(any(ENCODINGS)).append(end());
      }
      out.append(end());
      for (int i = random.nextInt(3); i > 0; i--) {
        out.append(any(CONTENTS));
      }
    }
  }

  private void multipart(StringBuilder out, int depth) {
    var boundary = random.nextInt(4) == 0 ? "b" : "b" + random.nextInt(1000);
    var subtype = any(List.of("mixed", "alternative", "digest", "related", "x"));
    out.append("Content-Type: multipart/" + subtype + "; boundary=\"" + boundary + "\"");
    out.append(end()).append(end());
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append("--").append(boundary).append(any(List.of("", "", "", " ", "x"))).append(end());
      entity(out, depth + 1);
      out.append(end());
    }
    if (random.nextInt(3) > 0) {
      out.append("--").append(boundary).append("--").append(end());
    }
  }

  /** Octets changed, left out, doubled, cut off. */
  private byte[] mutated(byte[] octets) {
    var text = new StringBuilder(new String(octets, StandardCharsets.ISO_8859_1));
    for (int i = random.nextInt(6); i >= 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(30));
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        case 3 -> text.insert(at, (char) random.nextInt(256));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
