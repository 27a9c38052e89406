package dev.postroom.blob;

import java.util.regex.Pattern;

/**
 * The name of a blob, given by {@link Blobs} when it is kept: 32 octets that mean nothing to
 * others.
 *
 * @param name 64 lower-case hexadecimal digits
 */
public record BlobId(String name) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public BlobId {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a blob: " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
