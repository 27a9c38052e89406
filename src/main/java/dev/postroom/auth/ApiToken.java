package dev.postroom.auth;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class ApiToken extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  public long accountId;
  public String label;
  public byte[] secretHash;
  public Instant createdAt;
  public @Nullable Instant lastUsedAt;

  ApiTokenInfo info() {
    return new ApiTokenInfo(id, accountId, label, createdAt, lastUsedAt);
  }
}
