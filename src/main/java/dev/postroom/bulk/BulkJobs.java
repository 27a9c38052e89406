package dev.postroom.bulk;

import dev.postroom.audit.Audit;
import dev.postroom.audit.Deed;
import dev.postroom.blob.BlobId;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DirectoryProblem.Kind;
import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;

/** Messages to many, as their owners see them. */
@ApplicationScoped
public class BulkJobs {
  /** A job with how far it is. */
  public record View(BulkJob job, Progress progress) {}

  private final BulkStatements statements;
  private final JobTable jobs;
  private final RecipientTable recipients;
  private final Accounts accounts;
  private final Audit audit;
  private final Clock clock;

  BulkJobs(
      BulkStatements statements,
      JobTable jobs,
      RecipientTable recipients,
      Accounts accounts,
      Audit audit,
      Clock clock) {
    this.statements = statements;
    this.jobs = jobs;
    this.recipients = recipients;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  /** The newest first. */
  public Listing<View> list(Viewer viewer, PageRequest request) {
    var whose = Whoever.of(viewer);
    return statements.call(
        connection -> {
          var page =
              jobs.list(
                  connection,
                  whose,
                  request.pageSize(),
                  (long) (request.page() - 1) * request.pageSize());
          var views = new ArrayList<View>();
          for (var job : page) {
            views.add(view(connection, job));
          }
          return new Listing<>(
              views, jobs.count(connection, whose), request.page(), request.pageSize());
        });
  }

  private View view(Connection connection, BulkJob job) throws SQLException {
    return new View(job, recipients.progress(connection, job.id(), job.accountId(), job.trace()));
  }

  public View find(Viewer viewer, long id) {
    return statements.call(connection -> view(connection, visible(connection, viewer, id)));
  }

  /** By what its owner calls it. */
  public View find(Viewer viewer, long accountId, String clientId) {
    return statements.call(
        connection -> {
          var job = jobs.find(connection, accountId, clientId);
          return view(connection, seen(viewer, job.orElseThrow(BulkJobs::notFound)));
        });
  }

  private BulkJob visible(Connection connection, Viewer viewer, long id) throws SQLException {
    return seen(viewer, jobs.find(connection, id).orElseThrow(BulkJobs::notFound));
  }

  private BulkJob seen(Viewer viewer, BulkJob job) {
    try {
      accounts.find(viewer, job.accountId());
      return job;
    } catch (DirectoryProblem hidden) {
      throw hidden.kind() == Kind.NOT_FOUND ? notFound() : hidden;
    }
  }

  private static DirectoryProblem notFound() {
    return new DirectoryProblem(Kind.NOT_FOUND, "", "There is no such job.");
  }

  /** The recipients in one state, in the order in which they were given. */
  public Listing<BulkRecipient> recipients(
      Viewer viewer, long id, RecipientState state, PageRequest request) {
    return statements.call(
        connection -> {
          var job = visible(connection, viewer, id);
          var page =
              recipients.list(
                  connection,
                  id,
                  state,
                  request.pageSize(),
                  (long) (request.page() - 1) * request.pageSize());
          var progress = recipients.progress(connection, id, job.accountId(), job.trace());
          return new Listing<>(page, number(progress, state), request.page(), request.pageSize());
        });
  }

  private static long number(Progress progress, RecipientState state) {
    return switch (state) {
      case WAITING -> progress.waiting();
      case QUEUED -> progress.queued();
      case SENT -> progress.sent();
      case FAILED -> progress.failed();
      case SUPPRESSED -> progress.suppressed();
      case CANCELLED -> progress.cancelled();
      case UNKNOWN -> progress.unknown();
    };
  }

  /** Nobody more is sent to; what is in the queue already goes on. */
  public View pause(Viewer viewer, long id) {
    return change(viewer, id, JobState.PAUSED, "bulk.paused");
  }

  public View resume(Viewer viewer, long id) {
    return change(viewer, id, JobState.RUNNING, "bulk.resumed");
  }

  /** For good. What is in the queue already goes on. */
  public View cancel(Viewer viewer, long id) {
    return change(viewer, id, JobState.CANCELLED, "bulk.cancelled");
  }

  private View change(Viewer viewer, long id, JobState to, String action) {
    return statements.call(
        connection -> {
          var job = visible(connection, viewer, id);
          if (job.state().isOver() && job.state() != to) {
            throw new DirectoryProblem(Kind.CONFLICT, "", "The job is over.");
          }
          if (job.state() != to) {
            jobs.state(connection, id, to, "");
            if (to == JobState.CANCELLED) {
              recipients.cancelWaiting(connection, id);
            }
            audit.record(connection, viewer, new Deed(action, job.clientId(), "", job.accountId()));
          }
          return view(connection, visible(connection, viewer, id));
        });
  }

  /** Which of these blobs a job still needs. */
  public Set<BlobId> referenced(Set<BlobId> asked) {
    return statements.call(connection -> jobs.referenced(connection, asked));
  }

  void forgetOld(Duration kept) {
    statements.call(
        connection -> {
          jobs.forgetFinishedBefore(connection, clock.instant().minus(kept));
          return true;
        });
  }
}
