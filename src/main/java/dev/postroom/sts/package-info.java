/**
 * MTA-STS (RFC 8461), seen from the server that sends: what a domain's policy says, where it is
 * found, and for how long it is kept. A policy that was seen once counts until it expires, whatever
 * becomes of the DNS record and the policy host meanwhile.
 *
 * <p>Way in: {@link dev.postroom.sts.StsPolicies}.
 */
@NullMarked
package dev.postroom.sts;

import org.jspecify.annotations.NullMarked;
