package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

@Entity
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Mailbox extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  public Domain domain;

  public String localPart;
  public String displayName;
  public long quotaOctets;

  /** Mail with a detail goes to the folder of that name, when there is one. */
  public boolean detailFolders;

  @Embedded public SuspensionState suspension;
  public Instant createdAt;

  MailAddress address() {
    return domain.address(localPart);
  }

  MailboxInfo info() {
    var own = suspension.suspension();
    return new MailboxInfo(
        id,
        domain.id,
        domain.account.id,
        address(),
        displayName,
        quotaOctets,
        detailFolders,
        own,
        own.and(domain.suspension.suspension()).and(domain.account.effective()),
        createdAt);
  }
}
