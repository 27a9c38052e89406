/**
 * Questions to the Domain Name System, asked of the configured servers.
 *
 * <p>Way in: {@link dev.postroom.dns.Resolver}. Outcomes are values, so that a caller decides what
 * trouble means.
 */
@NullMarked
package dev.postroom.dns;

import org.jspecify.annotations.NullMarked;
