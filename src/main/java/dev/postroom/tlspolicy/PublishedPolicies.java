package dev.postroom.tlspolicy;

import dev.postroom.directory.DirectoryChange;
import dev.postroom.directory.DirectoryUnavailableException;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Recipients;
import dev.postroom.directory.Transactions;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import dev.postroom.sts.StsPolicy.Mode;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each domain here publishes; nothing until its owner says so. */
@ApplicationScoped
public class PublishedPolicies {
  private final AgroalDataSource database;
  private final Transactions transactions;
  private final Domains domains;
  private final Recipients recipients;
  private final Event<DirectoryChange> changes;
  private final ServerConfig server;
  private final TlsPolicyConfig config;

  PublishedPolicies(
      AgroalDataSource database,
      Transactions transactions,
      Domains domains,
      Recipients recipients,
      Event<DirectoryChange> changes,
      ServerConfig server,
      TlsPolicyConfig config) {
    this.database = database;
    this.transactions = transactions;
    this.domains = domains;
    this.recipients = recipients;
    this.changes = changes;
    this.server = server;
    this.config = config;
  }

  /** Empty when it publishes nothing. */
  public Optional<PublishedPolicy> find(Viewer viewer, long domainId) {
    return transactions.call(
        () -> {
          var domain = domains.find(viewer, domainId);
          return mode(
                  "SELECT sts_mode FROM published_policy WHERE domain_id = ?",
                  String.valueOf(domainId))
              .map(mode -> policy(domain.name(), mode));
        });
  }

  /** For those who ask over HTTPS; empty for what is no domain here. */
  public Optional<PublishedPolicy> find(DomainName domain) {
    if (!recipients.isLocal(domain)) {
      return Optional.empty();
    }
    return transactions.call(
        () ->
            mode(
                    """
                    SELECT p.sts_mode FROM published_policy p
                    JOIN domain d ON d.id = p.domain_id WHERE d.name = ?""",
                    domain.ascii())
                .map(mode -> policy(domain, mode)));
  }

  /**
   * RFC 8461 §8.3: who does not want a policy any more publishes {@code none} until the old one is
   * forgotten everywhere; so what was published once always has a mode.
   */
  public PublishedPolicy publish(Viewer viewer, long domainId, Mode mode) {
    return transactions.call(
        () -> {
          var domain = domains.find(viewer, domainId);
          write(domainId, mode);
          changes.fire(change(viewer, domain, mode));
          return policy(domain.name(), mode);
        });
  }

  private static DirectoryChange change(Viewer viewer, DomainInfo domain, Mode mode) {
    return new DirectoryChange(
        viewer,
        DirectoryChange.Subject.DOMAIN,
        DirectoryChange.Action.UPDATED,
        domain.id(),
        domain.name().ascii(),
        "MTA-STS " + mode.text());
  }

  private Optional<Mode> mode(String sql, String parameter) {
    try (var connection = database.getConnection();
        var select = connection.prepareStatement(sql)) {
      select.setString(1, parameter);
      var row = select.executeQuery();
      return row.next() ? Optional.of(Mode.valueOf(row.getString(1))) : Optional.empty();
    } catch (SQLException failed) {
      throw new DirectoryUnavailableException(failed);
    }
  }

  private void write(long domainId, Mode mode) {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO published_policy (domain_id, sts_mode) VALUES (?, ?)
                ON DUPLICATE KEY UPDATE sts_mode = VALUES(sts_mode)""")) {
      insert.setLong(1, domainId);
      insert.setString(2, mode.name());
      insert.executeUpdate();
    } catch (SQLException failed) {
      throw new DirectoryUnavailableException(failed);
    }
  }

  private PublishedPolicy policy(DomainName domain, Mode mode) {
    return new PublishedPolicy(
        domain,
        mode,
        text(mode),
        MailAddress.parse(config.reportsLocalPart() + "@" + domain.ascii()));
  }

  private String text(Mode mode) {
    var age = mode == Mode.ENFORCE ? config.maxAge() : config.testingMaxAge();
    var hosts =
        Stream.concat(Stream.of(server.hostname()), server.otherNames().orElse(List.of()).stream())
            .map(host -> "mx: " + host + "\r\n")
            .collect(Collectors.joining());
    return "version: STSv1\r\nmode: "
        + mode.text()
        + "\r\n"
        + hosts
        + "max_age: "
        + age.toSeconds()
        + "\r\n";
  }
}
