/**
 * The bytes of messages, stored once however many recipients there are.
 *
 * <p>Way in: {@link dev.postroom.blob.Blobs}. A blob that was kept is on disk before {@code keep}
 * returns.
 */
@NullMarked
package dev.postroom.blob;

import org.jspecify.annotations.NullMarked;
