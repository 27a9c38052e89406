package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OrderColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.BatchSize;

@Entity
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Forwarder extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  public Domain domain;

  public String localPart;

  @ElementCollection
  @CollectionTable(name = "forwarder_target", joinColumns = @JoinColumn(name = "forwarder_id"))
  @OrderColumn(name = "position")
  @Column(name = "address")
  @BatchSize(size = PageRequest.MAX_PAGE_SIZE) // the targets of a whole page in one query
  public List<String> targets = new ArrayList<>();

  public boolean keepCopy;
  public Instant createdAt;

  MailAddress address() {
    return domain.address(localPart);
  }

  ForwarderInfo info(List<DestinationInfo> destinations) {
    return new ForwarderInfo(
        id, domain.id, domain.account.id, address(), destinations, keepCopy, createdAt);
  }
}
