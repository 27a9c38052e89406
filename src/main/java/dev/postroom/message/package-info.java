/**
 * What a message (RFC 5322, RFC 2045) says about itself: header fields, MIME structure, text.
 *
 * <p>Way in: {@link dev.postroom.message.MessageSummary#scan} or, while the octets pass by, {@link
 * dev.postroom.message.MessageScanner}; {@link dev.postroom.message.Headers} for header fields
 * alone. Reads streams in one pass and keeps no whole message in memory; anything that comes gives
 * a well-formed result.
 */
@NullMarked
package dev.postroom.message;

import org.jspecify.annotations.NullMarked;
