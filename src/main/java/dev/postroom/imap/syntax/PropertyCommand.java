package dev.postroom.imap.syntax;

import java.util.Set;

/** On what belongs to folders beside their messages: how much they may hold. */
public sealed interface PropertyCommand extends ImapCommand {
  /** RFC 9208 §4.1.1. */
  record GetQuota(String root) implements PropertyCommand {}

  /** RFC 9208 §4.1.2. */
  record GetQuotaRoot(String folder) implements PropertyCommand {}

  /** RFC 9208 §4.1.3: what is asked for is read and refused. */
  record SetQuota(String root) implements PropertyCommand {}

  @Override
  default Set<Phase> allowedIn() {
    return Set.of(Phase.AUTHENTICATED, Phase.SELECTED);
  }
}
