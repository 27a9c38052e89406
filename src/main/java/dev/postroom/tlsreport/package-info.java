/**
 * Reports on the security of the way between servers (RFC 8460): what is seen when sending is
 * counted and told to the domains that want to know; what other servers tell domains here is read
 * and shown to their owners.
 *
 * <p>Way in: {@link dev.postroom.tlsreport.SessionCounts} for what is sent.
 */
@NullMarked
package dev.postroom.tlsreport;

import org.jspecify.annotations.NullMarked;
