/** POP3 service (RFC 1939). */
@NullMarked
package dev.postroom.pop3;

import org.jspecify.annotations.NullMarked;
