package dev.postroom.routing;

import dev.postroom.directory.Refusals;
import dev.postroom.mail.MailAddress;
import dev.postroom.queue.RefusedForwards;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts against a destination what it refuses for good: after many it is paused. */
@ApplicationScoped
class RefusedDestinations implements RefusedForwards {
  private final Refusals refusals;

  RefusedDestinations(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void refused(long accountId, MailAddress destination, String words) {
    refusals.count(accountId, destination, words);
  }
}
