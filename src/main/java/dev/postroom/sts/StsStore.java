package dev.postroom.sts;

import java.time.Instant;
import java.util.Optional;

/** Policies that outlive this process. */
interface StsStore {
  /**
   * A policy with what is needed to know how good it still is.
   *
   * @param id of the TXT record under which it was fetched
   */
  record Stored(String id, Instant fetchedAt, Instant expiresAt, StsPolicy policy) {}

  Optional<Stored> find(String domain);

  void keep(String domain, Stored policy);

  /** Removes what expired before then. */
  void forget(Instant expiredBefore);
}
