/**
 * The words of electronic mail: addresses, domain names, envelopes, status codes.
 *
 * <p>Values only. Nothing here knows of sockets, files or tables.
 */
@NullMarked
package dev.postroom.mail;

import org.jspecify.annotations.NullMarked;
