package dev.postroom.bulk;

import dev.postroom.blob.Blobs;
import dev.postroom.bulk.LocalCopies.Copy;
import dev.postroom.bulk.RecipientTable.End;
import dev.postroom.bulk.RecipientTable.Next;
import dev.postroom.directory.Recipients;
import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.Outgoing;
import dev.postroom.routing.Content;
import dev.postroom.routing.Destination;
import dev.postroom.routing.Router;
import dev.postroom.routing.Sender;
import dev.postroom.routing.Verdict;
import dev.postroom.sending.Reservation;
import dev.postroom.sending.Reservations;
import dev.postroom.sending.Reservations.Answer;
import dev.postroom.trace.Step;
import dev.postroom.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sends a job to some more recipients. Those elsewhere go from the job into the queue in one
 * transaction: none is lost, none is sent to twice. Those here follow when it has committed.
 */
@ApplicationScoped
class BulkBatch {
  /** Below everybody's ordinary mail (RFC 6710 §2: 0 is the middle). */
  private static final int PRIORITY = -4;

  /** Failures are shown with the job: a report for each would bury the sender. */
  private static final RecipientOptions NO_REPORTS =
      new RecipientOptions(Set.of(DsnNotify.NEVER), null);

  private final BulkStatements statements;
  private final JobTable jobs;
  private final RecipientTable recipients;
  private final SuppressionTable suppressions;
  private final Recipients directory;
  private final Reservations reservations;
  private final Router router;
  private final Outbox outbox;
  private final LocalCopies local;
  private final Blobs blobs;
  private final Trace trace;
  private final BulkConfig config;
  private final Clock clock;

  BulkBatch(
      BulkStatements statements,
      JobTable jobs,
      RecipientTable recipients,
      SuppressionTable suppressions,
      Recipients directory,
      Reservations reservations,
      Router router,
      Outbox outbox,
      LocalCopies local,
      Blobs blobs,
      Trace trace,
      BulkConfig config,
      Clock clock) {
    this.statements = statements;
    this.jobs = jobs;
    this.recipients = recipients;
    this.suppressions = suppressions;
    this.directory = directory;
    this.reservations = reservations;
    this.router = router;
    this.outbox = outbox;
    this.local = local;
    this.blobs = blobs;
    this.trace = trace;
    this.config = config;
    this.clock = clock;
  }

  /** What one transaction does. May be made anew when the transaction is tried again. */
  private static final class Batch {
    final List<End> ends = new ArrayList<>();
    final List<Outgoing> outgoing = new ArrayList<>();
    final List<Copy> copies = new ArrayList<>();
    final List<Reservation> rooms = new ArrayList<>();
    final List<Reservation> taken = new ArrayList<>();
    String note = "";
  }

  /** Gives to how many it was sent, or which were found not to be sent to. */
  int send(BulkJob job, int most) {
    var content = content(job);
    var done = new ArrayList<Batch>();
    try {
      int number =
          statements.call(
              connection -> {
                done.forEach(BulkBatch::release);
                var batch = new Batch();
                done.add(batch);
                fill(connection, job, content, most, batch);
                return batch.ends.size();
              });
      var batch = done.getLast();
      batch.taken.forEach(Reservation::taken);
      tell(job, batch);
      return number + local.deliver(job, content, batch.copies);
    } finally {
      done.forEach(BulkBatch::release);
    }
  }

  private static void release(Batch batch) {
    batch.rooms.forEach(Reservation::close);
  }

  private Content content(BulkJob job) {
    try {
      return Content.of(job.content(), blobs);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void fill(Connection connection, BulkJob job, Content content, int most, Batch batch)
      throws SQLException {
    var next = recipients.next(connection, job.id(), most);
    batch.note = next.isEmpty() ? "" : obstacle(job);
    if (batch.note.isEmpty()) {
      fill(connection, job, content, next, batch);
    }
    if (!batch.note.equals(job.note())) {
      jobs.note(connection, job.id(), batch.note);
    }
  }

  /** Why nothing may be sent, or empty. What held when the job was submitted may not hold now. */
  private String obstacle(BulkJob job) {
    var suspension = directory.suspension(job.mailboxId());
    if (suspension.sending() || suspension.login()) {
      return "Waits: sending is suspended";
    }
    return directory.maySendAs(job.mailboxId(), job.sender())
        ? ""
        : "Waits: the address " + job.sender() + " may not be used";
  }

  private void fill(
      Connection connection, BulkJob job, Content content, List<Next> next, Batch batch)
      throws SQLException {
    var addresses = next.stream().map(Next::address).toList();
    var suppressed = suppressions.among(connection, job.accountId(), addresses, clock.instant());
    for (var each : next) {
      if (suppressed.contains(SuppressionTable.key(each.address()))) {
        batch.ends.add(new End(each.position(), RecipientState.SUPPRESSED, ""));
      } else if (!send(job, content, each, batch)) {
        break; // a limit is reached: the others wait
      }
    }
    outbox.enqueue(batch.outgoing);
    recipients.end(connection, job.id(), batch.ends);
  }

  /** False when there is no room for one more. */
  private boolean send(BulkJob job, Content content, Next to, Batch batch) {
    switch (reservations.message(job.mailboxId(), config.share())) {
      case Answer.Refused(var refusal) -> {
        batch.note = "Waits: " + refusal.text();
        return false;
      }
      case Answer.Reserved(var room, _) -> {
        batch.rooms.add(room);
        var full = room.recipient();
        if (full.isPresent()) {
          batch.note = "Waits: " + full.get().text();
          return false;
        }
        send(job, content, to, room, batch);
        return true;
      }
    }
  }

  private void send(BulkJob job, Content content, Next to, Reservation room, Batch batch) {
    var path = ReversePath.of(job.sender());
    var sender = new Sender(job.mailboxId(), job.accountId(), job.sender(), room);
    switch (router.verdict(to.address(), path, sender, content.size())) {
      case Verdict.Taken taken when isElsewhere(taken) -> {
        batch.outgoing.add(outgoing(job, content, to.address()));
        batch.taken.add(room);
        batch.ends.add(new End(to.position(), RecipientState.QUEUED, ""));
      }
      case Verdict.Taken taken ->
          batch.copies.add(new Copy(to, taken.with(NO_REPORTS), sender)); // it takes the room
      case Verdict.Refused(var end) -> refuse(to, room, batch, end.why());
      case Verdict.RelayDenied _ -> refuse(to, room, batch, "relaying denied");
      case Verdict.Full _ -> refuse(to, room, batch, "the mailbox is full");
    }
  }

  /** Nothing is sent: the room is for the next one. */
  private static void refuse(Next to, Reservation room, Batch batch, String why) {
    room.close();
    batch.ends.add(new End(to.position(), RecipientState.FAILED, why));
  }

  private static boolean isElsewhere(Verdict.Taken taken) {
    return taken.destinations().size() == 1
        && taken.destinations().getFirst() instanceof Destination.Relay(_, var via)
        && via == null;
  }

  private static Outgoing outgoing(BulkJob job, Content content, MailAddress to) {
    return new Outgoing(
        job.trace(),
        ReversePath.of(job.sender()),
        to,
        content.blob(),
        content.size(),
        "",
        content.eightBit(),
        job.accountId(),
        MailOptions.NONE.withPriority(PRIORITY),
        NO_REPORTS);
  }

  private void tell(BulkJob job, Batch batch) {
    if (batch.outgoing.isEmpty()) {
      return;
    }
    var story = LocalCopies.begin(trace, job);
    batch.outgoing.forEach(out -> story.add(job.accountId(), out.recipient(), new Step.Queued()));
    trace.record(story);
  }
}
