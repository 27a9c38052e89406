package dev.postroom.ops;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.bulk.BulkJobs;
import dev.postroom.queue.Outbox;
import dev.postroom.store.MailStore;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/** Removes, every night, the blobs that neither a mailbox nor the queue needs any more. */
@ApplicationScoped
class BlobSweep {
  private static final Logger LOG = Logger.getLogger(BlobSweep.class);

  private final Blobs blobs;
  private final MailStore mail;
  private final Outbox outbox;
  private final BulkJobs bulk;
  private final BlobSweepConfig config;
  private final Clock clock;

  BlobSweep(
      Blobs blobs,
      MailStore mail,
      Outbox outbox,
      BulkJobs bulk,
      BlobSweepConfig config,
      Clock clock) {
    this.blobs = blobs;
    this.mail = mail;
    this.outbox = outbox;
    this.bulk = bulk;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      cron = "{postroom.ops.blob-sweep.schedule}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() throws IOException {
    long removed = blobs.sweep(clock.instant().minus(config.minimumAge()), this::referenced);
    LOG.infof("removed %d blobs that nothing needs any more", removed);
  }

  private Set<BlobId> referenced(Set<BlobId> asked) {
    var needed = new HashSet<>(mail.referenced(asked));
    needed.addAll(outbox.referenced(asked));
    needed.addAll(bulk.referenced(asked));
    return needed;
  }
}
