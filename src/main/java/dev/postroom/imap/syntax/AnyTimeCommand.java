package dev.postroom.imap.syntax;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** RFC 3501 §6.1: in every phase. */
public sealed interface AnyTimeCommand extends ImapCommand {
  record Capability() implements AnyTimeCommand {}

  record Noop() implements AnyTimeCommand {}

  record Logout() implements AnyTimeCommand {}

  /** RFC 2971: what the client says about itself, perhaps nothing. */
  record Id(Map<String, String> about) implements AnyTimeCommand {
    public Id {
      about = Map.copyOf(about);
    }
  }

  /** A verb that is not known. */
  record Unknown(String verb) implements AnyTimeCommand {}

  @Override
  default Set<Phase> allowedIn() {
    return EnumSet.allOf(Phase.class);
  }
}
