/**
 * What domains here tell other servers about the security of the way to them: the MTA-STS policy
 * (RFC 8461), where reports go (RFC 8460), and the certificate that the DNS may describe (RFC
 * 7672).
 *
 * <p>Way in: {@link dev.postroom.tlspolicy.PublishedPolicies}.
 */
@NullMarked
package dev.postroom.tlspolicy;

import org.jspecify.annotations.NullMarked;
