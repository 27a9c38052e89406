package dev.postroom.imap.syntax;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * On what belongs to folders beside their messages: how much they may hold, annotations, rights.
 */
public sealed interface PropertyCommand extends ImapCommand {
  /** RFC 9208 §4.1.1. */
  record GetQuota(String root) implements PropertyCommand {}

  /** RFC 9208 §4.1.2. */
  record GetQuotaRoot(String folder) implements PropertyCommand {}

  /** RFC 9208 §4.1.3: what is asked for is read and refused. */
  record SetQuota(String root) implements PropertyCommand {}

  /**
   * RFC 4314 §3.1.
   *
   * @param rights letters, after {@code +} or {@code -} to change those that there are
   */
  record SetAcl(String folder, String identifier, String rights) implements PropertyCommand {}

  /** RFC 4314 §3.2. */
  record DeleteAcl(String folder, String identifier) implements PropertyCommand {}

  /** RFC 4314 §3.3. */
  record GetAcl(String folder) implements PropertyCommand {}

  /** RFC 4314 §3.4. */
  record ListRights(String folder, String identifier) implements PropertyCommand {}

  /** RFC 4314 §3.5. */
  record MyRights(String folder) implements PropertyCommand {}

  /**
   * RFC 5464 §4.2; the folder is empty for the server.
   *
   * @param entries names in lower case
   * @param depth how many levels below them, too
   * @param maxSize longer values are not told
   */
  record GetMetadata(String folder, List<String> entries, int depth, long maxSize)
      implements PropertyCommand {
    public GetMetadata {
      entries = List.copyOf(entries);
    }
  }

  /**
   * RFC 5464 §4.3.
   *
   * @param values empty for what is to be removed
   */
  record SetMetadata(String folder, Map<String, Optional<byte[]>> values)
      implements PropertyCommand {
    public SetMetadata {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  @Override
  default Set<Phase> allowedIn() {
    return Set.of(Phase.AUTHENTICATED, Phase.SELECTED);
  }
}
