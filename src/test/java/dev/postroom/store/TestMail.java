package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.blob.Blobs;
import dev.postroom.message.MessageSummary;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Mailboxes and messages for tests of the store. */
@ApplicationScoped
class TestMail {
  static final long ROOMY = 1L << 40;

  @Inject AgroalDataSource dataSource;
  @Inject Blobs blobs;
  @Inject MailStore mail;

  /** A mailbox as the directory's tables have it, without folders yet. */
  long mailbox(long quota) {
    var name = "m" + UUID.randomUUID();
    try (var connection = dataSource.getConnection()) {
      long account =
          Sql.of(
                  """
                  insert into account (role, login, name, login_suspended, sending_suspended,
                    receiving_suspended, suspension_reason, created_at)
                  values ('CUSTOMER', ?, '', false, false, false, '', now())""",
                  name)
              .insert(connection);
      long domain =
          Sql.of(
                  """
                  insert into domain (account_id, name, unicode_name, control, control_token,
                    login_suspended, sending_suspended, receiving_suspended, suspension_reason,
                    created_at)
                  values (?, ?, '', 'VOUCHED', '', false, false, false, '', now())""",
                  account,
                  name + ".test")
              .insert(connection);
      return Sql.of(
              """
              insert into mailbox (domain_id, local_part, display_name, quota_octets,
                login_suspended, sending_suspended, receiving_suspended, suspension_reason,
                created_at)
              values (?, 'ann', '', ?, false, false, false, '', now())""",
              domain,
              quota)
          .insert(connection);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  long mailbox() {
    return mailbox(ROOMY);
  }

  MailboxStore store() {
    return mail.open(mailbox());
  }

  long inbox(MailboxStore store) {
    return store.folder("INBOX").orElseThrow().id();
  }

  long folder(MailboxStore store, String name) {
    return store.folder(name).orElseThrow().id();
  }

  NewMessage message(String subject, String... flags) {
    return message(subject.getBytes(StandardCharsets.UTF_8).length + 13, subject, flags);
  }

  /** A message of exactly so many octets. */
  NewMessage message(int octets, String subject, String... flags) {
    var text = new StringBuilder("Subject: " + subject + "\r\n\r\n");
    while (text.length() < octets) {
      text.append('x');
    }
    var content = text.toString().getBytes(StandardCharsets.UTF_8);
    try (var writer = blobs.write()) {
      writer.write(content);
      return new NewMessage(
          writer.keep(),
          MessageSummary.scan(new ByteArrayInputStream(content)),
          Set.of(flags),
          Instant.parse("2026-03-01T12:00:00Z"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Gives a folder many messages quickly; all have the same content. */
  void fill(long folderId, int count) {
    var message = message("one of many");
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              try (var connection = dataSource.getConnection()) {
                long mailboxId =
                    Sql.of("select mailbox_id from folder where id = ?", folderId)
                        .list(connection, row -> row.getLong(1))
                        .getFirst();
                var folder = LockedFolder.lock(connection, mailboxId, folderId);
                long octets = message.scanned().summary().size();
                long content = Contents.insert(connection, message);
                var insert = new MessageInsert(connection);
                for (int i = 0; i < count; i++) {
                  insert.add(
                      folderId,
                      new IndexRow(folder.uidNext(), folder.modSeq(), 0, i, octets, content));
                  folder.added(Tally.of(0, octets));
                }
                insert.finish();
                folder.save(connection);
                UsageLedger.add(connection, mailboxId, count, octets * count);
              } catch (SQLException failed) {
                throw new IllegalStateException(failed);
              }
            });
  }

  List<Long> uids(MailboxStore store, long folderId) {
    return store.messages(folderId, UidSet.ALL).stream().map(StoredMessage::uid).toList();
  }

  long count(String query, Object... values) {
    try (var connection = dataSource.getConnection()) {
      return Sql.of(query, values).list(connection, row -> row.getLong(1)).getFirst();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The counts that are kept are those that counting gives. */
  void assertCountsAreTrue(long mailboxId) {
    var store = mail.open(mailboxId);
    long octets = 0;
    long messages = 0;
    for (var folder : store.folders()) {
      var rows = store.messages(folder.id(), UidSet.ALL);
      var status = LockedFolder.found(store.status(List.of(folder.id())).get(folder.id()));
      assertThat(status)
          .as("counts of %s", folder.name())
          .isEqualTo(
              new FolderStatus(
                  rows.size(),
                  rows.stream().filter(row -> !row.flags().contains("\\Seen")).count(),
                  rows.stream().filter(row -> row.flags().contains("\\Deleted")).count(),
                  rows.stream().mapToLong(StoredMessage::size).sum(),
                  folder.uidNext(),
                  folder.uidValidity(),
                  folder.highestModSeq()));
      assertThat(rows).allSatisfy(row -> assertThat(row.uid()).isLessThan(folder.uidNext()));
      assertThat(rows)
          .allSatisfy(row -> assertThat(row.modSeq()).isLessThanOrEqualTo(folder.highestModSeq()));
      octets += status.octets();
      messages += status.messages();
    }
    assertThat(mail.usage(List.of(mailboxId)).get(mailboxId))
        .isEqualTo(new Usage(octets, messages));
  }
}
