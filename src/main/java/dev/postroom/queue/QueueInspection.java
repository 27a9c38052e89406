package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import dev.postroom.message.Headers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Looks at one waiting message closely. */
@ApplicationScoped
public class QueueInspection {
  private static final Logger LOG = Logger.getLogger(QueueInspection.class);
  private static final int OTHERS = 100;

  private final Transactions transactions;
  private final Blobs blobs;
  private final QueueConfig config;
  private final Clock clock;

  QueueInspection(Transactions transactions, Blobs blobs, QueueConfig config, Clock clock) {
    this.transactions = transactions;
    this.blobs = blobs;
    this.config = config;
    this.clock = clock;
  }

  private record Found(QueuedMessage message, MessageDetails details, BlobId content) {}

  public MessageDetails details(Viewer viewer, long id) {
    var found = transactions.run(connection -> find(connection, viewer, id));
    return mayRead(viewer, found.message())
        ? new MessageDetails(found.message(), found.details().others(), header(found.content()))
        : found.details();
  }

  private Found find(Connection connection, Viewer viewer, long id) throws SQLException {
    var now = clock.instant();
    var message =
        QueueListing.find(connection, viewer, id, now)
            .orElseThrow(
                () ->
                    new DirectoryProblem(
                        DirectoryProblem.Kind.NOT_FOUND,
                        "",
                        "This message does not wait any more."));
    var others = QueueListing.companions(connection, viewer, message, OTHERS, now);
    return new Found(
        message, new MessageDetails(message, others, ""), QueueListing.content(connection, id));
  }

  /** Its owner and those who run the server; a reseller reads none of its customers' mail. */
  private static boolean mayRead(Viewer viewer, QueuedMessage message) {
    return switch (viewer) {
      case Viewer.Server() -> true;
      case Viewer.Person(var own, var role, _) ->
          role == Role.ADMINISTRATOR || Objects.equals(message.accountId(), own);
      case Viewer.MailboxUser _ -> true; // sees what it sent itself, and nothing else
    };
  }

  private String header(BlobId content) {
    try (var blob = blobs.open(content);
        var octets = blob.read()) {
      var header = QuotedHeader.of(Headers.read(octets, config.reportHeaderLimit()));
      return new String(header.octets(), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      LOG.warnf("cannot show the header of %s: %s", content, gone);
      return "";
    }
  }
}
