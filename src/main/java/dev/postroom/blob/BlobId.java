package dev.postroom.blob;

import java.util.regex.Pattern;

/**
 * The name of a blob: the SHA-256 of its octets.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
public record BlobId(String sha256) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public BlobId {
    if (!FORM.matcher(sha256).matches()) {
      throw new IllegalArgumentException("not the SHA-256 of a blob: " + sha256);
    }
  }

  @Override
  public String toString() {
    return sha256;
  }
}
