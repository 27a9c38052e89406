package dev.postroom.pop3;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a client can ask for. */
sealed interface Pop3Command {
  /** RFC 1939 §3. UPDATE is not one of them: no command is given in it. */
  enum Phase {
    AUTHORIZATION,
    TRANSACTION
  }

  default Set<Phase> allowedIn() {
    return EnumSet.of(Phase.TRANSACTION);
  }

  /** RFC 2449 §5. */
  record Capa() implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.allOf(Phase.class);
    }
  }

  /** RFC 2595 §4. */
  record Stls() implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.of(Phase.AUTHORIZATION);
    }
  }

  /** RFC 6856 §2: the client takes text in UTF-8. */
  record Utf8() implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.of(Phase.AUTHORIZATION);
    }
  }

  /**
   * RFC 6856 §3.
   *
   * @param range a language range (RFC 4647 §2.1), {@code *} for the server's own; empty asks which
   *     languages there are
   */
  record Lang(Optional<String> range) implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.allOf(Phase.class);
    }
  }

  record User(String name) implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.of(Phase.AUTHORIZATION);
    }
  }

  record Pass(String password) implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.of(Phase.AUTHORIZATION);
    }

    @Override
    public String toString() {
      return "Pass";
    }
  }

  /** AUTH without a word: some clients ask so which mechanisms there are. */
  record AuthList() implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.of(Phase.AUTHORIZATION);
    }
  }

  /**
   * RFC 5034 §4.
   *
   * @param initialResponse in base64, {@code =} for an empty one
   */
  record Auth(String mechanism, Optional<String> initialResponse) implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.of(Phase.AUTHORIZATION);
    }

    @Override
    public String toString() {
      return "Auth " + mechanism;
    }
  }

  record Stat() implements Pop3Command {}

  record ListMessages(OptionalInt message) implements Pop3Command {}

  record Uidl(OptionalInt message) implements Pop3Command {}

  record Retr(int message) implements Pop3Command {}

  record Top(int message, int lines) implements Pop3Command {}

  record Dele(int message) implements Pop3Command {}

  record Rset() implements Pop3Command {}

  record Noop() implements Pop3Command {}

  record Quit() implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.allOf(Phase.class);
    }
  }

  /**
   * No command, or one with wrong arguments.
   *
   * @param why in words for the person at the other end
   */
  record Malformed(String why) implements Pop3Command {
    @Override
    public Set<Phase> allowedIn() {
      return EnumSet.allOf(Phase.class);
    }
  }
}
