package dev.postroom.outbound;

import dev.postroom.blob.Blob;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Delivers one message to one host, in as many transactions as its recipients need. */
final class HostDelivery {
  private static final EnhancedStatus TOO_BIG = new EnhancedStatus(5, 3, 4);
  private static final EnhancedStatus NEEDS_CONVERSION = new EnhancedStatus(5, 6, 3);
  private static final EnhancedStatus NEEDS_UTF8 = new EnhancedStatus(5, 6, 7);

  private final Connections connections;
  private final OutboundConfig config;
  private final RemoteHost host;
  private final Shipment shipment;
  private final Blob content;
  private final Map<MailAddress, Attempt> attempts = new LinkedHashMap<>();
  private List<MailAddress> left;
  private boolean onFreshConnection;

  HostDelivery(
      Connections connections,
      OutboundConfig config,
      RemoteHost host,
      Shipment shipment,
      Blob content) {
    this.connections = connections;
    this.config = config;
    this.host = host;
    this.shipment = shipment;
    this.content = content;
    this.left = shipment.recipients();
  }

  /**
   * @return how it ended for each recipient
   * @throws IOException when no conversation came about: another host may be tried
   */
  Map<MailAddress, Attempt> run() throws IOException {
    while (!left.isEmpty()) {
      try {
        next(connections.borrow(host, onFreshConnection));
      } catch (IOException noConnection) {
        if (attempts.isEmpty()) {
          throw noConnection;
        }
        conclude(Verdict.lost(host, "between two transactions", noConnection));
      }
    }
    return attempts;
  }

  private void next(SmtpConnection connection) {
    try {
      var unsuited = unsuited(connection.extensions());
      if (unsuited != null) {
        conclude(unsuited);
      } else {
        transact(connection);
      }
    } finally {
      connections.giveBack(connection);
    }
  }

  private void transact(SmtpConnection connection) {
    boolean reused = connection.transactions() > 0;
    int count = Math.min(left.size(), config.recipientsPerTransaction());
    var transaction =
        new SmtpTransaction(
            connection, shipment.to(left.subList(0, count)), content, config.timeouts());
    transaction.run();
    if (reused && !transaction.wasAnswered()) {
      onFreshConnection = true; // the other side had ended it while it waited here
      return;
    }
    attempts.putAll(transaction.verdicts());
    var next = new ArrayList<>(transaction.forLater());
    next.addAll(left.subList(count, left.size()));
    left = next;
  }

  private void conclude(Attempt attempt) {
    left.forEach(recipient -> attempts.put(recipient, attempt));
    left = List.of();
  }

  /** What this server can never take, whoever it is for. */
  private @Nullable Attempt unsuited(Extensions offered) {
    if (RequireTls.isLacking(shipment, offered)) {
      return refused(RequireTls.NOT_SUPPORTED, "the server does not offer REQUIRETLS");
    }
    if (shipment.wireSize() > offered.sizeLimit()) {
      // RFC 1870 §6.1
      return refused(
          TOO_BIG,
          "the message has %d octets, and the server takes at most %d"
              .formatted(shipment.wireSize(), offered.sizeLimit()));
    }
    if (shipment.eightBit() && !offered.eightBitMime()) {
      // RFC 6152 §3: converted or returned
      return refused(NEEDS_CONVERSION, "the server does not take 8-bit content (8BITMIME)");
    }
    if (shipment.needsSmtpUtf8() && !offered.smtpUtf8()) {
      // RFC 6531 §3.2
      return refused(NEEDS_UTF8, "the server does not take internationalised addresses (SMTPUTF8)");
    }
    return null;
  }

  private Attempt refused(EnhancedStatus status, String why) {
    return new Attempt.Refused(host.name(), status, why);
  }
}
