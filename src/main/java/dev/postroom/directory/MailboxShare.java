package dev.postroom.directory;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

@Entity
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class MailboxShare extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  public Mailbox mailbox;

  @ManyToOne(fetch = FetchType.LAZY)
  public Mailbox guest;

  public String rights;
  public boolean maySendAs;
  public Instant createdAt;

  ShareInfo info() {
    return new ShareInfo(
        guest.id,
        guest.address(),
        guest.displayName,
        ShareLevel.of(FolderRights.parse(rights)).orElse(null),
        maySendAs);
  }
}
