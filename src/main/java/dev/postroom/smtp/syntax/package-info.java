/** The grammar of SMTP (RFC 5321): pure functions from lines to commands and replies. */
@NullMarked
package dev.postroom.smtp.syntax;

import org.jspecify.annotations.NullMarked;
