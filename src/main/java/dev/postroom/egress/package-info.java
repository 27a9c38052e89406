/**
 * By which way the mail of a customer or a domain leaves: a relay host of its own, an address of
 * its own.
 *
 * <p>Way in: {@link dev.postroom.egress.Egress} for people, {@link dev.postroom.outbound.Ways} for
 * what is sent. What a domain has goes before its account's, that before its reseller's.
 */
@NullMarked
package dev.postroom.egress;

import org.jspecify.annotations.NullMarked;
