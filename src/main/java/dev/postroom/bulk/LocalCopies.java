package dev.postroom.bulk;

import dev.postroom.bulk.RecipientTable.End;
import dev.postroom.bulk.RecipientTable.Next;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.routing.Arrival;
import dev.postroom.routing.Content;
import dev.postroom.routing.Intake;
import dev.postroom.routing.Outcome;
import dev.postroom.routing.Sender;
import dev.postroom.routing.Verdict;
import dev.postroom.trace.Origin;
import dev.postroom.trace.Story;
import dev.postroom.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Delivers a job to recipients here. Each is marked before its delivery, which has a transaction of
 * its own: whatever happens, nobody gets two copies, and the others are not concerned.
 */
@ApplicationScoped
class LocalCopies {
  private static final Logger LOG = Logger.getLogger(LocalCopies.class);

  /** For a recipient here, with the room set aside for it. */
  record Copy(Next to, Verdict.Taken taken, Sender sender) {}

  private final BulkStatements statements;
  private final RecipientTable recipients;
  private final Intake intake;
  private final Trace trace;

  LocalCopies(BulkStatements statements, RecipientTable recipients, Intake intake, Trace trace) {
    this.statements = statements;
    this.recipients = recipients;
    this.intake = intake;
    this.trace = trace;
  }

  /** Gives how many were dealt with; not to be called in a transaction. */
  int deliver(BulkJob job, Content content, List<Copy> copies) {
    int number = 0;
    for (var copy : copies) {
      int position = copy.to().position();
      if (statements.call(connection -> recipients.begin(connection, job.id(), position))) {
        var end = outcome(job, content, copy).map(found -> end(position, found));
        var told = end.orElseGet(() -> failed(position, "it could not be delivered here"));
        statements.call(
            connection -> {
              recipients.end(connection, job.id(), List.of(told));
              return true;
            });
        number++;
      }
    }
    return number;
  }

  /** Empty when the delivery broke: it would break again. */
  private Optional<Outcome> outcome(BulkJob job, Content content, Copy copy) {
    var story = begin(trace, job);
    var path = ReversePath.of(job.sender());
    var arrival =
        new Arrival(story, path, List.of(copy.taken()), content, copy.sender(), MailOptions.NONE);
    try {
      var outcome = intake.take(arrival);
      trace.record(story);
      return Optional.of(outcome);
    } catch (RuntimeException broken) {
      LOG.warnf(broken, "job %s: one recipient failed", job.trace());
      return Optional.empty();
    }
  }

  static Story begin(Trace trace, BulkJob job) {
    var sender = ReversePath.of(job.sender());
    return trace.begin(job.trace()).from(new Origin("bulk", "", "", "", job.sender(), sender));
  }

  private static End end(int position, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Taken _ -> new End(position, RecipientState.SENT, "delivered here");
      case Outcome.Full _ -> failed(position, "the mailbox is full");
      case Outcome.Refused(var end) -> failed(position, end.why());
      case Outcome.Outdated _ -> failed(position, "the mailbox was removed");
      case Outcome.TooManyHops _ -> failed(position, "it has been through too many servers");
    };
  }

  private static End failed(int position, String why) {
    return new End(position, RecipientState.FAILED, why);
  }
}
