package dev.postroom.message;

import dev.postroom.message.BodyPart.Embedded;
import dev.postroom.message.BodyPart.Extent;
import dev.postroom.message.BodyPart.Multi;
import dev.postroom.message.BodyPart.Single;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;

/**
 * The texts of a message in which SEARCH TEXT and BODY look (RFC 3501 §6.4.4), one after the other:
 * transfer encodings, charsets and encoded words decoded. Text is never found across two of them.
 */
public final class SearchedTexts {
  private static final int MAX_INNER_HEADER = 64 * 1024;

  private SearchedTexts() {}

  /** Where the octets of a message are. */
  @FunctionalInterface
  public interface Source {
    InputStream read(long offset, long length) throws IOException;
  }

  /** Takes one text and says whether that is enough. */
  @FunctionalInterface
  public interface Taker {
    boolean take(Reader text) throws IOException;
  }

  /** Each field of a header is a text. */
  public static boolean ofHeader(Headers headers, Taker taker) throws IOException {
    for (var field : headers.fields()) {
      if (taker.take(new StringReader(field.name() + ": " + field.text()))) {
        return true;
      }
    }
    return false;
  }

  /** Each part of type text is one, and each header field of a message within the message. */
  public static boolean ofBody(BodyPart part, Source octets, Taker taker) throws IOException {
    return switch (part) {
      case Single single -> ofSingle(single, octets, taker);
      case Embedded(_, _, _, _, var body) ->
          ofInnerHeader(body.extent(), octets, taker) || ofBody(body, octets, taker);
      case Multi(_, _, var parts) -> {
        for (var child : parts) {
          if (ofBody(child, octets, taker)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  private static boolean ofSingle(Single part, Source octets, Taker taker) throws IOException {
    if (!part.fields().type().equals("text")) {
      return false;
    }
    var extent = part.extent();
    try (var in = octets.read(extent.body(), extent.bodySize())) {
      return taker.take(PartText.reader(part.fields(), in));
    }
  }

  private static boolean ofInnerHeader(Extent inner, Source octets, Taker taker)
      throws IOException {
    long size = Math.min(inner.headerSize(), MAX_INNER_HEADER);
    try (var in = octets.read(inner.header(), size)) {
      return ofHeader(Headers.read(in, MAX_INNER_HEADER), taker);
    }
  }
}
