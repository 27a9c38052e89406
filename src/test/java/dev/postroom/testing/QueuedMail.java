package dev.postroom.testing;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.Outgoing;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Messages that wait in the queue of the application, and are not due for a year. */
@ApplicationScoped
public class QueuedMail {
  private static final Duration LATER = Duration.ofDays(365);

  private final Outbox outbox;
  private final Blobs blobs;
  private final AgroalDataSource database;
  private final Clock clock;
  private final RandomGenerator random;

  QueuedMail(
      Outbox outbox, Blobs blobs, AgroalDataSource database, Clock clock, RandomGenerator random) {
    this.outbox = outbox;
    this.blobs = blobs;
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  /** One message to each of them, tried twice. */
  public void waits(Viewer.Person owner, String from, String... recipients) {
    waits(owner, from, 2, "451 4.3.2 Please try again later", recipients);
  }

  public void waits(
      Viewer.Person owner, String from, int attempts, String status, String... recipients) {
    var trace = TraceId.next(clock, random);
    var content = "From: " + from + "\r\nSubject: Your order of Monday\r\n\r\nThank you.\r\n";
    var blob = keep(content);
    List<Outgoing> messages =
        Arrays.stream(recipients)
            .map(
                to ->
                    new Outgoing(
                        trace,
                        ReversePath.of(MailAddress.parse(from)),
                        MailAddress.parse(to),
                        blob,
                        content.length(),
                        "",
                        false,
                        owner.accountId(),
                        MailOptions.NONE,
                        RecipientOptions.NONE))
            .toList();
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              outbox.enqueue(messages);
              putOff(trace, attempts, status);
            });
  }

  private BlobId keep(String content) {
    try (var writer = blobs.write()) {
      writer.write(content.getBytes(StandardCharsets.UTF_8));
      return writer.keep();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void putOff(TraceId trace, int attempts, String status) {
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                "UPDATE queue_entry SET due_at = due_at + ?, expires_at = expires_at + ?,"
                    + " attempts = ?, last_status = ? WHERE trace = ?")) {
      update.setLong(1, LATER.toMillis());
      update.setLong(2, 2 * LATER.toMillis());
      update.setInt(3, attempts);
      update.setString(4, status);
      update.setString(5, trace.value());
      update.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
