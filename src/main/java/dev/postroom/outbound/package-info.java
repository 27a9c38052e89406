/**
 * Delivery to other servers: where they are (RFC 5321 §5), how to talk to them, what they answered.
 *
 * <p>Knows no queue: an attempt goes in, an {@link dev.postroom.outbound.Attempt} comes out.
 */
@NullMarked
package dev.postroom.outbound;

import org.jspecify.annotations.NullMarked;
