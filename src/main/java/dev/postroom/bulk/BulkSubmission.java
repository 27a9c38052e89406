package dev.postroom.bulk;

import dev.postroom.audit.Audit;
import dev.postroom.audit.Deed;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DirectoryProblem.Kind;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import dev.postroom.routing.Content;
import dev.postroom.routing.Intake;
import dev.postroom.routing.Sender;
import dev.postroom.routing.Submission;
import dev.postroom.sending.Reservation;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes messages to many: durable when it returns, sent afterwards. */
@ApplicationScoped
public class BulkSubmission {
  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final int MAX_SUBJECT = 500;

  /**
   * @param created false when the same was asked before
   */
  public record Accepted(BulkJob job, boolean created) {}

  private final BulkStatements statements;
  private final JobTable jobs;
  private final RecipientTable recipients;
  private final Mailboxes mailboxes;
  private final Submission submission;
  private final Intake intake;
  private final Audit audit;
  private final BulkConfig config;
  private final Clock clock;
  private final RandomGenerator random;

  BulkSubmission(
      BulkStatements statements,
      JobTable jobs,
      RecipientTable recipients,
      Mailboxes mailboxes,
      Submission submission,
      Intake intake,
      Audit audit,
      BulkConfig config,
      Clock clock,
      RandomGenerator random) {
    this.statements = statements;
    this.jobs = jobs;
    this.recipients = recipients;
    this.mailboxes = mailboxes;
    this.submission = submission;
    this.intake = intake;
    this.audit = audit;
    this.config = config;
    this.clock = clock;
    this.random = random;
  }

  /** The same request with the same id again changes nothing; another one with it is refused. */
  public Accepted submit(Viewer viewer, BulkRequest request) {
    check(request);
    var mailbox = sender(viewer, request);
    var fingerprint = fingerprint(request);
    var known = known(mailbox.accountId(), request.clientId(), fingerprint);
    if (known.isPresent()) {
      return new Accepted(known.get(), false);
    }
    var addresses = List.copyOf(new LinkedHashSet<>(request.recipients()));
    var trace = TraceId.next(clock, random);
    var content = content(mailbox, request, trace);
    var job =
        new BulkJob(
            0,
            mailbox.accountId(),
            mailbox.id(),
            request.clientId(),
            trace,
            JobState.RUNNING,
            "",
            mailbox.address(),
            ComposedMessage.subjectOf(request),
            content.blob(),
            rate(request.perMinute()),
            addresses.size(),
            clock.instant(),
            null);
    return store(viewer, job, addresses, fingerprint);
  }

  private Accepted store(
      Viewer viewer, BulkJob job, List<MailAddress> addresses, byte[] fingerprint) {
    try {
      return statements.call(
          connection -> {
            jobs.lockAccount(connection, job.accountId());
            long id = jobs.insert(connection, job, fingerprint);
            checkOpen(jobs.open(connection, job.accountId()));
            recipients.insert(connection, id, addresses);
            audit.record(
                connection,
                viewer,
                new Deed("bulk.submitted", job.clientId(), job.subject(), job.accountId())
                    .touching(addresses.size()));
            return new Accepted(jobs.find(connection, id).orElseThrow(), true);
          });
    } catch (BulkUnavailableException failed) {
      // another request with the same id may have been faster
      return new Accepted(
          known(job.accountId(), job.clientId(), fingerprint).orElseThrow(() -> failed), false);
    }
  }

  /** The new job is counted with the others. */
  private void checkOpen(JobTable.Open open) {
    if (open.jobs() > config.openJobs()) {
      throw limit("", config.openJobs() + " jobs");
    }
    if (open.recipients() > config.openRecipients()) {
      throw limit("recipients", "jobs with " + config.openRecipients() + " recipients");
    }
  }

  private static DirectoryProblem limit(String field, String most) {
    return new DirectoryProblem(
        Kind.LIMIT,
        field,
        "An account may have %s at a time: wait until one is over, or cancel one.".formatted(most));
  }

  private void check(BulkRequest request) {
    if (!CLIENT_ID.matcher(request.clientId()).matches()) {
      throw invalid("id", "An id is 1 to 100 letters, digits, dots, hyphens and underscores.");
    }
    if (request.recipients().isEmpty()) {
      throw invalid("recipients", "There is nobody to send to.");
    }
    if (request.recipients().size() > config.maxRecipients()) {
      throw invalid("recipients", "A job has " + config.maxRecipients() + " recipients at most.");
    }
    if (request.subject().length() > MAX_SUBJECT
        || request.subject().chars().anyMatch(Character::isISOControl)) {
      throw invalid("subject", "A subject is one line of at most " + MAX_SUBJECT + " characters.");
    }
    if (request.perMinute() != null && request.perMinute() < 1) {
      throw invalid("ratePerMinute", "The rate is at least 1.");
    }
  }

  private int rate(@Nullable Integer wanted) {
    return wanted == null ? config.ratePerMinute() : Math.min(wanted, config.ratePerMinute());
  }

  private MailboxInfo sender(Viewer viewer, BulkRequest request) {
    MailboxInfo mailbox;
    try {
      mailbox = mailboxes.findByAddress(viewer, request.sender());
    } catch (DirectoryProblem _) {
      throw invalid("from", "There is no mailbox '" + request.sender() + "' of yours.");
    }
    var suspended = mailbox.effective();
    if (suspended.sending() || suspended.login()) {
      throw new DirectoryProblem(Kind.FORBIDDEN, "", "Sending is suspended.");
    }
    if (!ComposedMessage.isUsable(mailbox.address())
        || !submission.maySendAs(mailbox.id(), mailbox.address())) {
      throw invalid("from", "The domain of '" + request.sender() + "' is not confirmed yet.");
    }
    return mailbox;
  }

  private Content content(MailboxInfo mailbox, BulkRequest request, TraceId trace) {
    var sender = new Sender(mailbox.id(), mailbox.accountId(), mailbox.address(), Reservation.FREE);
    try (var writer = intake.write();
        var completion = submission.completion(writer, sender, trace)) {
      completion.write(ComposedMessage.of(request, trace.value()));
      completion.finish();
      var refusal = completion.refusal();
      if (refusal.isPresent()) {
        throw invalid("message", sentence(refusal.get().why()));
      }
      return writer.keep();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String sentence(String why) {
    return Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
  }

  private Optional<BulkJob> known(long accountId, String clientId, byte[] fingerprint) {
    return statements.call(
        connection -> {
          var job = jobs.find(connection, accountId, clientId);
          if (job.isPresent()
              && !Arrays.equals(jobs.fingerprint(connection, job.get().id()), fingerprint)) {
            throw new DirectoryProblem(
                Kind.CONFLICT, "id", "Something else was asked with this id before.");
          }
          return job;
        });
  }

  private static byte[] fingerprint(BulkRequest request) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(request.toString().getBytes(StandardCharsets.UTF_8));
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static DirectoryProblem invalid(String field, String message) {
    return new DirectoryProblem(Kind.INVALID, field, message);
  }
}
