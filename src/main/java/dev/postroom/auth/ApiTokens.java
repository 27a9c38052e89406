package dev.postroom.auth;

import dev.postroom.directory.Viewer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Bearer tokens of the API: shown once, kept hashed. */
@ApplicationScoped
public class ApiTokens {
  /**
   * @param secret the whole token, to be shown this once
   */
  public record Created(ApiTokenInfo token, String secret) {}

  public Created create(Viewer viewer, long accountId, String label) {
    throw new UnsupportedOperationException();
  }

  public List<ApiTokenInfo> list(Viewer viewer, long accountId) {
    throw new UnsupportedOperationException();
  }

  public void revoke(Viewer viewer, long tokenId) {
    throw new UnsupportedOperationException();
  }

  /** Whose token it is; empty when it is nobody's, or the account's login is suspended. */
  public Optional<Viewer.Person> authenticate(String secret) {
    throw new UnsupportedOperationException();
  }
}
