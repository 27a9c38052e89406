package dev.postroom.outbound;

import dev.postroom.blob.Blob;
import dev.postroom.blob.Blobs;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.sts.StoreUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a message to the hosts of a domain. Blocks for as long as these take: call it from a
 * virtual thread.
 */
@ApplicationScoped
public class RemoteDelivery {
  private static final Logger LOG = Logger.getLogger(RemoteDelivery.class);
  private static final EnhancedStatus SYSTEM_TROUBLE = new EnhancedStatus(4, 3, 0);
  private static final EnhancedStatus NO_ANSWER = new EnhancedStatus(4, 4, 1);
  private static final EnhancedStatus NO_SECURITY = new EnhancedStatus(4, 7, 5);

  private final Ways ways;
  private final MxHosts mxHosts;
  private final TlsPolicies tlsPolicies;
  private final Connections connections;
  private final Blobs blobs;
  private final OutboundConfig config;
  private final Clock clock;
  private final TlsSessions sessions;

  RemoteDelivery(
      Ways ways,
      MxHosts mxHosts,
      TlsPolicies tlsPolicies,
      Connections connections,
      Blobs blobs,
      OutboundConfig config,
      Clock clock,
      TlsSessions sessions) {
    this.ways = ways;
    this.mxHosts = mxHosts;
    this.sessions = sessions;
    this.tlsPolicies = tlsPolicies;
    this.connections = connections;
    this.blobs = blobs;
    this.config = config;
    this.clock = clock;
  }

  /** One attempt; trouble of every kind is in what it returns. */
  public Delivery deliver(Shipment shipment) {
    Way way;
    try {
      way = ways.of(shipment.accountId(), shipment.reversePath());
    } catch (WayUnknownException unknown) {
      LOG.errorf(unknown, "mail of account %d has to wait", shipment.accountId());
      var attempt =
          new Attempt.Deferred("", SYSTEM_TROUBLE, "the sender's relay host is not known");
      return Delivery.sameForAll(shipment, attempt, false);
    }
    var delivery = deliver(shipment, mxHosts.of(shipment.domain(), way));
    // what this way does not reach, another one may
    return way.equals(Way.CONFIGURED) ? delivery : new Delivery(delivery.attempts(), false);
  }

  /**
   * One attempt at another host.
   *
   * @param route {@code host:port}
   */
  public Delivery deliver(Shipment shipment, String route) {
    return deliver(shipment, mxHosts.at(route));
  }

  private Delivery deliver(Shipment shipment, Hosts where) {
    return switch (where) {
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
    } catch (StoreUnavailableException unknown) {
      LOG.warn(unknown.getMessage());
      var attempt = new Attempt.Deferred("", SYSTEM_TROUBLE, "the domain's policy is not known");
      return Delivery.sameForAll(shipment, attempt, false);
    } catch (IOException unreadable) {
      // not the sender's fault, and an administrator may be able to bring it back
      LOG.errorf(unreadable, "cannot open the stored message %s", shipment.content());
      var attempt = new Attempt.Deferred("", SYSTEM_TROUBLE, "the stored message cannot be read");
      return Delivery.sameForAll(shipment, attempt, false);
    }
  }

  private Delivery toFirstThatAnswers(Shipment shipment, Blob content, List<RemoteHost> hosts)
      throws IOException {
    var plan = tlsPolicies.plan(shipment.domain(), hosts);
    var stored = new StoredContent(shipment.content(), content);
    if (shipment.options().requireTls()) {
      return new HostChoice(shipment, stored, RequireTls.demanded(plan), plan).deliver();
    }
    var choice = new HostChoice(shipment, stored, plan.hosts(), plan);
    var delivery = choice.deliver();
    if (choice.failedOnTls() && TlsRequired.saysNo(content)) {
      return new HostChoice(shipment, stored, hosts, plan).deliver(); // RFC 8689 §5
    }
    return delivery;
  }

  /** RFC 5321 §5.1: tries the addresses in order until one works. */
  private final class HostChoice {
    private final Shipment shipment;
    private final StoredContent content;
    private final List<RemoteHost> hosts;
    private final TlsPlan plan;
    private Attempt last = new Attempt.Deferred("", NO_ANSWER, "no address to try");
    private @Nullable Attempt unreached;
    private boolean failedOnTls;

    HostChoice(Shipment shipment, StoredContent content, List<RemoteHost> hosts, TlsPlan plan) {
      this.plan = plan;
      this.shipment = shipment;
      this.content = content;
      this.hosts = hosts.subList(0, Math.min(hosts.size(), config.addressesPerAttempt()));
    }

    /** Whether no host was tried to the end, and the last one for lack of security. */
    boolean failedOnTls() {
      return failedOnTls;
    }

    Delivery deliver() {
      for (var host : hosts) {
        var attempts = attempts(host);
        if (attempts.isPresent()) {
          return attempts.get();
        }
        LOG.debugf("%s: %s", host, last);
      }
      // what this message lacks, another one may not need
      return Delivery.sameForAll(shipment, verdict(), !failedOnTls);
    }

    /** RFC 8689 §4.2.1: a host that was not reached may offer what the others lack. */
    private Attempt verdict() {
      return last instanceof Attempt.Refused && unreached != null ? unreached : last;
    }

    private void unreached(RemoteHost host, EnhancedStatus status, IOException why) {
      last = new Attempt.Deferred(host.name(), status, Verdict.text(why));
      unreached = last;
    }

    /** Empty when the next host is to be tried. */
    private Optional<Delivery> attempts(RemoteHost host) {
      failedOnTls = false;
      try {
        var attempts =
            new HostDelivery(connections, config, host, shipment, content, clock, this::opened)
                .run();
        if (RequireTls.isRefusal(attempts.values())) {
          last = attempts.values().iterator().next();
          failedOnTls = true;
          return Optional.empty();
        }
        return Optional.of(
            new Delivery(
                shipment.recipients().stream()
                    .map(recipient -> Objects.requireNonNull(attempts.get(recipient)))
                    .toList(),
                false));
      } catch (HostUnavailableException unavailable) {
        unreached(host, unavailable.status(), unavailable);
      } catch (TlsFailedException insecure) {
        failedOnTls = true;
        last = insecure(host, insecure.fault());
        count(host, "", Optional.of(insecure.fault()));
      } catch (IOException unreachable) {
        unreached(host, NO_ANSWER, unreachable);
      }
      return Optional.empty();
    }

    private void opened(SmtpConnection connection) {
      count(
          connection.host(),
          connection.wire().local().getAddress().getHostAddress(),
          connection.tlsFault());
    }

    /** What was asked beyond what the domain publishes is no matter for reports to it. */
    private void count(RemoteHost host, String localIp, Optional<TlsFault> fault) {
      if (config.tls() != TlsMode.NEVER
          && !host.isConfigured()
          && !shipment.options().requireTls()
          && plan.hosts().contains(host)) {
        sessions.add(plan.session(host, localIp, fault));
      }
    }

    private Attempt insecure(RemoteHost host, TlsFault fault) {
      return shipment.options().requireTls()
          ? new Attempt.Refused(host.name(), RequireTls.NO_SECURITY, fault.why())
          : new Attempt.Deferred(host.name(), NO_SECURITY, fault.why());
    }
  }
}
