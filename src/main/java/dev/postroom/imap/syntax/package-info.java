/**
 * The grammar of IMAP (RFC 3501 §9 and its extensions): pure functions from octets to commands and
 * back.
 *
 * <p>Way in: {@link dev.postroom.imap.syntax.CommandParser}, whose only failure is {@link
 * dev.postroom.imap.syntax.ImapSyntaxException}; {@link dev.postroom.imap.syntax.ResponseWriter}
 * the other way. Commands are records, sealed by the phase in which they are allowed.
 */
@NullMarked
package dev.postroom.imap.syntax;

import org.jspecify.annotations.NullMarked;
