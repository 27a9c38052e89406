package dev.postroom.directory;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Account extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  public @Nullable Account parent;

  @Enumerated(EnumType.STRING)
  public Role role;

  public String login;
  public String name;

  @ManyToOne(fetch = FetchType.LAZY)
  public @Nullable Plan plan;

  @Embedded public SuspensionState suspension;
  public Instant createdAt;

  /** Its own, and its reseller's: whoever is below a suspended reseller is suspended, too. */
  Suspension effective() {
    var own = suspension.suspension();
    return parent == null ? own : own.and(parent.suspension.suspension());
  }

  PlanLimits limits() {
    return plan == null ? PlanLimits.NONE : plan.limits;
  }

  AccountInfo info(long domains) {
    return new AccountInfo(
        id,
        parent == null ? null : parent.id,
        role,
        login,
        name,
        plan == null ? null : plan.id,
        plan == null ? null : plan.name,
        suspension.suspension(),
        effective(),
        domains,
        createdAt);
  }
}
