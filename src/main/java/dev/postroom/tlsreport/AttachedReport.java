package dev.postroom.tlsreport;

import dev.postroom.blob.Blob;
import dev.postroom.message.BodyPart;
import dev.postroom.message.PartText;
import java.io.IOException;
import java.util.Optional;

/** Finds the report in a mail and unpacks it, within a measure (RFC 8460 §5.3). */
final class AttachedReport {
  private static final String GZIP = "tlsrpt+gzip";
  private static final String JSON = "tlsrpt+json";

  private AttachedReport() {}

  /**
   * Its JSON; empty when there is none.
   *
   * @param most octets of it
   */
  static Optional<byte[]> read(BodyPart body, Blob content, int most) throws IOException {
    var found = find(body);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var part = found.get();
    try (var in =
        PartText.decoded(
            part.fields(), content.read(part.extent().body(), part.extent().bodySize()))) {
      var octets = in.readNBytes(most + 1);
      if (octets.length > most) {
        throw new IOException("it holds more than " + most + " octets");
      }
      return Optional.of(isGzip(part, octets) ? Gzip.decompress(octets, most) : octets);
    }
  }

  private static boolean isGzip(BodyPart.Single part, byte[] octets) {
    return part.fields().subtype().equals(GZIP)
        || (octets.length > 1 && octets[0] == 0x1f && octets[1] == (byte) 0x8b);
  }

  private static Optional<BodyPart.Single> find(BodyPart body) {
    return switch (body) {
      case BodyPart.Single single ->
          single.fields().type().equals("application")
                  && (single.fields().subtype().equals(GZIP)
                      || single.fields().subtype().equals(JSON))
              ? Optional.of(single)
              : Optional.empty();
      case BodyPart.Multi(_, _, var parts) ->
          parts.stream().map(AttachedReport::find).flatMap(Optional::stream).findFirst();
      case BodyPart.Embedded _ -> Optional.empty();
    };
  }
}
