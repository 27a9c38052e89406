/**
 * What a message (RFC 5322, RFC 2045) says about itself: header fields, MIME structure, text.
 *
 * <p>Reads streams in one pass and keeps no whole message in memory.
 */
@NullMarked
package dev.postroom.message;

import org.jspecify.annotations.NullMarked;
