package dev.postroom.directory;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

@Entity
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Plan extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  /** The reseller who made it; null for one that everybody may use. */
  @ManyToOne(fetch = FetchType.LAZY)
  public @Nullable Account owner;

  public String name;

  @Embedded public PlanLimits limits;

  PlanInfo info(long accounts) {
    return new PlanInfo(id, owner == null ? null : owner.id, name, limits, accounts);
  }
}
