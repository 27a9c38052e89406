package dev.postroom.outbound;

import dev.postroom.blob.Blob;
import dev.postroom.blob.Blobs;
import dev.postroom.mail.EnhancedStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Delivers a message to the hosts of a domain. Blocks for as long as these take: call it from a
 * virtual thread.
 */
@ApplicationScoped
public class RemoteDelivery {
  private static final Logger LOG = Logger.getLogger(RemoteDelivery.class);
  private static final EnhancedStatus SYSTEM_TROUBLE = new EnhancedStatus(4, 3, 0);
  private static final EnhancedStatus NO_ANSWER = new EnhancedStatus(4, 4, 1);

  private final MxHosts mxHosts;
  private final Connections connections;
  private final Blobs blobs;
  private final OutboundConfig config;

  RemoteDelivery(MxHosts mxHosts, Connections connections, Blobs blobs, OutboundConfig config) {
    this.mxHosts = mxHosts;
    this.connections = connections;
    this.blobs = blobs;
    this.config = config;
  }

  /** One attempt; trouble of every kind is in what it returns. */
  public Delivery deliver(Shipment shipment) {
    return switch (mxHosts.of(shipment.domain())) {
      case Hosts.Nowhere(var status, var why) ->
          Delivery.sameForAll(shipment, new Attempt.Refused("", status, why), false);
      case Hosts.Unknown(var status, var why) ->
          Delivery.sameForAll(shipment, new Attempt.Deferred("", status, why), true);
      case Hosts.Found(var hosts) -> withContent(shipment, hosts);
    };
  }

  private Delivery withContent(Shipment shipment, List<RemoteHost> hosts) {
    try (var content = blobs.open(shipment.content())) {
      return toFirstThatAnswers(shipment, content, hosts);
    } catch (IOException unreadable) {
      // not the sender's fault, and an administrator may be able to bring it back
      LOG.errorf(unreadable, "cannot open the stored message %s", shipment.content());
      var attempt = new Attempt.Deferred("", SYSTEM_TROUBLE, "the stored message cannot be read");
      return Delivery.sameForAll(shipment, attempt, false);
    }
  }

  /** RFC 5321 §5.1: tries the addresses in order until one works. */
  private Delivery toFirstThatAnswers(Shipment shipment, Blob content, List<RemoteHost> hosts) {
    var last = new Attempt.Deferred("", NO_ANSWER, "no address to try");
    for (var host : hosts.subList(0, Math.min(hosts.size(), config.addressesPerAttempt()))) {
      try {
        var attempts = new HostDelivery(connections, config, host, shipment, content).run();
        return new Delivery(
            shipment.recipients().stream()
                .map(recipient -> Objects.requireNonNull(attempts.get(recipient)))
                .toList(),
            false);
      } catch (HostUnavailableException unavailable) {
        last = new Attempt.Deferred(host.name(), unavailable.status(), Verdict.text(unavailable));
      } catch (IOException unreachable) {
        last = new Attempt.Deferred(host.name(), NO_ANSWER, Verdict.text(unreachable));
      }
      LOG.debugf("%s: %s", host, last.diagnostic());
    }
    return Delivery.sameForAll(shipment, last, true);
  }
}
