package dev.postroom.imap.syntax;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RFC 3501 §6.2: before the user is known; and what changes the connection after that. */
public sealed interface LoginCommand extends ImapCommand {
  record StartTls() implements LoginCommand {}

  record Login(String user, String password) implements LoginCommand {
    @Override
    public String toString() {
      return "Login"; // never a password in a log
    }
  }

  /**
   * @param initialResponse base64, {@code =} for an empty one (RFC 4959); null when there is none
   */
  record Authenticate(String mechanism, @Nullable String initialResponse) implements LoginCommand {
    @Override
    public String toString() {
      return "Authenticate " + mechanism;
    }
  }

  /** RFC 4978 §3. */
  record Compress(String algorithm) implements LoginCommand {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.of(Phase.AUTHENTICATED, Phase.SELECTED); // strangers get no memory of ours
    }
  }

  /** RFC 8437 §2. */
  record Unauthenticate() implements LoginCommand {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.of(Phase.AUTHENTICATED, Phase.SELECTED);
    }
  }

  @Override
  default Set<Phase> allowedIn() {
    return Set.of(Phase.NOT_AUTHENTICATED);
  }
}
