/** IMAP service (RFC 3501, in a shape that RFC 9051 can join). */
@NullMarked
package dev.postroom.imap;

import org.jspecify.annotations.NullMarked;
