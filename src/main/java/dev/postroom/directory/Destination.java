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
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An address elsewhere that forwarders or catch-alls of an account lead to, once it was asked. */
@Entity
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Destination extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  public Account account;

  public String address;

  /** One of those that time does not make: WAITING, CONFIRMED, DECLINED, PAUSED. */
  @Enumerated(EnumType.STRING)
  public DestinationState state;

  public byte @Nullable [] tokenHash;
  public @Nullable Instant tokenExpiresAt;
  public int refusals;
  public @Nullable Instant refusedSince;
  public String lastRefusal = "";
  public Instant changedAt;

  void become(DestinationState next, Instant now) {
    state = next;
    changedAt = now;
    refusals = 0;
    refusedSince = null;
  }

  static Optional<Destination> of(long accountId, MailAddress address) {
    return Destination.<Destination>find(
            "account.id = ?1 and address = ?2", accountId, address.canonical().toString())
        .firstResultOptional();
  }

  DestinationState state(Instant now) {
    return DestinationState.of(state.name(), tokenExpiresAt, now);
  }

  MailAddress mailAddress() {
    return MailAddress.parse(address);
  }

  DestinationInfo info(Instant now) {
    return new DestinationInfo(mailAddress(), state(now), lastRefusal);
  }
}
