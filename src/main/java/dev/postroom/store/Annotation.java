package dev.postroom.store;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has noted on a folder or on the server (RFC 5464).
 *
 * @param folderId {@link #SERVER} for one on the server
 * @param entry in lower case, as {@code /shared/comment}
 * @param value absent when it is longer than was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once
public record Annotation(long folderId, String entry, long size, byte @Nullable [] value) {
  /** In place of a folder's id. */
  public static final long SERVER = 0;

  public static final String SHARED = "/shared/";

  /**
   * Which annotations are meant.
   *
   * @param entries names in lower case
   * @param depth how many levels below them, too
   * @param maxSize values that are longer are not read
   */
  public record Query(Collection<String> entries, int depth, long maxSize) {
    public Query {
      entries = Set.copyOf(entries);
    }
  }
}
