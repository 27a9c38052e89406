package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

@Entity
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class MailGroup extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  public Domain domain;

  public String localPart;
  public boolean everyone;

  @Enumerated(EnumType.STRING)
  public GroupSenders senders;

  /** None when it is for everyone. */
  @ManyToMany
  @JoinTable(
      name = "mail_group_member",
      joinColumns = @JoinColumn(name = "group_id"),
      inverseJoinColumns = @JoinColumn(name = "mailbox_id"))
  public Set<Mailbox> members = new HashSet<>();

  public Instant createdAt;

  MailAddress address() {
    return domain.address(localPart);
  }

  /**
   * @param size how many it reaches
   */
  GroupInfo info(long size) {
    return new GroupInfo(
        id, domain.id, domain.account.id, address(), everyone, senders, size, createdAt);
  }
}
