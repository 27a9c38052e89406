package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Domain extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  public Account account;

  public String name;
  public String unicodeName;

  @Enumerated(EnumType.STRING)
  public DomainInfo.Control control;

  public String controlToken;
  public @Nullable String catchAll;

  /** The domain whose addresses this one has, too; null for a domain with addresses of its own. */
  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "alias_of")
  public @Nullable Domain aliasOf;

  @Embedded public SuspensionState suspension;
  public Instant createdAt;

  DomainName domainName() {
    return new DomainName(name);
  }

  MailAddress address(String localPart) {
    return new MailAddress(localPart, domainName());
  }

  DomainInfo info(long mailboxes, long forwarders) {
    return new DomainInfo(
        id,
        account.id,
        account.login,
        domainName(),
        control,
        controlToken,
        catchAll == null ? null : MailAddress.parse(catchAll),
        aliasOf == null ? null : aliasOf.domainName(),
        suspension.suspension(),
        mailboxes,
        forwarders,
        createdAt);
  }
}
