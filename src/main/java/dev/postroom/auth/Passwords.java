package dev.postroom.auth;

import dev.postroom.directory.Viewer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Sets passwords, hashed slowly and never readable again. */
@ApplicationScoped
public class Passwords {
  /**
   * @throws dev.postroom.directory.DirectoryProblem field {@code password} when it is too weak
   */
  public void setForMailbox(Viewer viewer, long mailboxId, String password) {
    throw new UnsupportedOperationException();
  }

  /**
   * @throws dev.postroom.directory.DirectoryProblem field {@code password} when it is too weak
   */
  public void setForAccount(Viewer viewer, long accountId, String password) {
    throw new UnsupportedOperationException();
  }

  /**
   * Says in words why a password is too weak; empty when it is good enough.
   *
   * @param about words that it must not be built from: the address, the name
   */
  public Optional<String> weakness(String password, List<String> about) {
    throw new UnsupportedOperationException();
  }

  /** A strong password that a person can type. */
  public String generate() {
    throw new UnsupportedOperationException();
  }
}
