package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Delivers one message to one host, in as many transactions as its recipients need. */
final class HostDelivery {
  private static final EnhancedStatus SYSTEM_TROUBLE = new EnhancedStatus(4, 3, 0);

  private final Connections connections;
  private final OutboundConfig config;
  private final RemoteHost host;
  private final Fitting fitting;
  private final InstantSource clock;
  private final Consumer<SmtpConnection> onOpened;
  private final Map<MailAddress, Attempt> attempts = new LinkedHashMap<>();
  private List<MailAddress> left;
  private boolean onFreshConnection;

  HostDelivery(
      Connections connections,
      OutboundConfig config,
      RemoteHost host,
      Shipment shipment,
      StoredContent content,
      InstantSource clock,
      Consumer<SmtpConnection> onOpened) {
    this.connections = connections;
    this.config = config;
    this.host = host;
    this.fitting = new Fitting(shipment, content, clock);
    this.clock = clock;
    this.onOpened = onOpened;
    this.left = shipment.recipients();
  }

  /**
   * @return how it ended for each recipient
   * @throws IOException when no conversation came about: another host may be tried
   */
  Map<MailAddress, Attempt> run() throws IOException {
    while (!left.isEmpty()) {
      try {
        var connection = connections.borrow(host, onFreshConnection);
        if (connection.transactions() == 0) {
          onOpened.accept(connection);
        }
        next(connection);
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
      switch (fitting.to(connection.extensions())) {
        case Fit.Fits(var message) -> {
          refuseBeyond(connection.extensions());
          if (!left.isEmpty()) {
            transact(connection, message);
          }
        }
        case Fit.Unfit unfit -> conclude(refused(unfit));
      }
    } catch (IOException unreadable) {
      conclude(new Attempt.Deferred(host.name(), SYSTEM_TROUBLE, Verdict.text(unreadable)));
    } finally {
      connections.giveBack(connection);
    }
  }

  private void refuseBeyond(Extensions offered) {
    var refused = refused(Fitting.needsUtf8("the address is not in ASCII"));
    left.stream()
        .filter(recipient -> Fitting.isBeyond(offered, recipient))
        .forEach(recipient -> attempts.put(recipient, refused));
    left = left.stream().filter(recipient -> !Fitting.isBeyond(offered, recipient)).toList();
  }

  private void transact(SmtpConnection connection, OutgoingMessage message) {
    boolean reused = connection.transactions() > 0;
    int count = Math.min(left.size(), recipientsAtOnce(connection.extensions()));
    var transaction =
        new SmtpTransaction(connection, message.to(left.subList(0, count)), config, clock);
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

  /** RFC 9422 §4.2: as many as the server says, where it says less than usual. */
  private int recipientsAtOnce(Extensions offered) {
    return Math.min(config.recipientsPerTransaction(), offered.limit("RCPTMAX"));
  }

  private Attempt refused(Fit.Unfit unfit) {
    return new Attempt.Refused(host.name(), unfit.status(), unfit.why());
  }
}
