/** The grammar of IMAP (RFC 3501, RFC 9051): pure functions from octets to commands and back. */
@NullMarked
package dev.postroom.imap.syntax;

import org.jspecify.annotations.NullMarked;
