package dev.postroom.smtp;

import dev.postroom.net.Wire;
import dev.postroom.smtp.syntax.SmtpReply;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** One line in the log for each transaction, and its trace id on every line in between. */
@ApplicationScoped
class TransactionLog {
  private static final Logger LOG = Logger.getLogger("dev.postroom.smtp");
  private static final String TRACE = "trace";

  private final MeterRegistry meters;
  private final Telling telling;

  TransactionLog(MeterRegistry meters, Telling telling) {
    this.meters = meters;
    this.telling = telling;
  }

  Telling telling() {
    return telling;
  }

  /** From now on, on this thread. */
  void begin(Transaction mail) {
    MDC.put(TRACE, mail.trace().value());
  }

  void refused(Wire wire, @Nullable Transaction mail, String what, SmtpReply reply) {
    LOG.infof(
        "refused trace=%s client=%s %s reply=\"%s\"",
        mail == null ? "-" : mail.trace(),
        wire.remote().getAddress().getHostAddress(),
        what,
        reply);
  }

  /**
   * A transaction that is over.
   *
   * @param outcome {@code taken}, {@code refused}, {@code reset} or {@code lost}
   * @param result the reply to DATA, or why there was none
   * @param size octets that came, 0 when none did
   */
  record Ended(
      Service service,
      @Nullable Hello hello,
      Transaction mail,
      String outcome,
      String result,
      long size) {}

  void end(Ended ended, Wire wire) {
    var mail = ended.mail();
    var sender = mail.sender();
    LOG.infof(
        "message trace=%s service=%s client=%s helo=%s login=%s from=%s rcpt=%d size=%d tls=\"%s\""
            + " result=\"%s\"",
        mail.trace(),
        ended.service().label(),
        wire.remote().getAddress().getHostAddress(),
        ended.hello() == null ? "-" : ended.hello().name(),
        sender == null ? "-" : sender.address(),
        mail.reversePath(),
        mail.recipients().size(),
        ended.size(),
        wire.tlsDescription(),
        ended.result());
    telling.ended(ended, wire);
    count(ended);
    MDC.remove(TRACE);
  }

  private void count(Ended ended) {
    String service = ended.service().label();
    meters
        .counter("postroom.smtp.messages", "service", service, "outcome", ended.outcome())
        .increment();
    if (ended.size() > 0) {
      meters.summary("postroom.smtp.message.octets", "service", service).record(ended.size());
    }
  }
}
