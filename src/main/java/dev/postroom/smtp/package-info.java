/** SMTP service (RFC 5321) and message submission (RFC 6409). */
@NullMarked
package dev.postroom.smtp;

import org.jspecify.annotations.NullMarked;
