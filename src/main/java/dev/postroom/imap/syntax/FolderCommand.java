package dev.postroom.imap.syntax;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RFC 3501 §6.3: on folders by name, once the user is known. Names are decoded. */
public sealed interface FolderCommand extends ImapCommand {
  /** RFC 5161. */
  record Enable(List<String> capabilities) implements FolderCommand {
    public Enable {
      capabilities = List.copyOf(capabilities);
    }
  }

  /**
   * SELECT, or EXAMINE when {@code readOnly}.
   *
   * @param condstore RFC 7162 §3.1.8
   * @param resync RFC 7162 §3.2.5; null when the client knows nothing
   */
  record Select(String folder, boolean readOnly, boolean condstore, @Nullable Resync resync)
      implements FolderCommand {}

  /**
   * @param uses special-use attributes asked for (RFC 6154 §3), as {@code \Sent}
   */
  record Create(String folder, List<String> uses) implements FolderCommand {
    public Create {
      uses = List.copyOf(uses);
    }
  }

  record Delete(String folder) implements FolderCommand {}

  record Rename(String from, String to) implements FolderCommand {}

  record Subscribe(String folder) implements FolderCommand {}

  record Unsubscribe(String folder) implements FolderCommand {}

  /**
   * LIST as RFC 5258 extends it.
   *
   * @param status what to report of each folder (RFC 5819); empty for nothing
   * @param annotations which to report of each folder (RFC 9590)
   */
  record ListFolders(
      Set<ListSelection> selection,
      String reference,
      List<String> patterns,
      Set<ListReturn> returns,
      Set<StatusItem> status,
      List<String> annotations)
      implements FolderCommand {
    public ListFolders {
      selection = Set.copyOf(selection);
      patterns = List.copyOf(patterns);
      returns = Set.copyOf(returns);
      status = Set.copyOf(status);
      annotations = List.copyOf(annotations);
    }
  }

  /** RFC 5258 §3.1, RFC 6154 §5.1. REMOTE selects nothing here: there are no remote folders. */
  enum ListSelection {
    SUBSCRIBED,
    REMOTE,
    RECURSIVEMATCH,
    SPECIAL_USE
  }

  /** RFC 5258 §3.2, RFC 6154 §5.1, RFC 8440. */
  enum ListReturn {
    SUBSCRIBED,
    CHILDREN,
    SPECIAL_USE,
    MYRIGHTS
  }

  record Lsub(String reference, String pattern) implements FolderCommand {}

  record Status(String folder, Set<StatusItem> items) implements FolderCommand {
    public Status {
      items = Set.copyOf(items);
    }
  }

  /**
   * ESEARCH (RFC 7377).
   *
   * @param key null when it is in words of a charset that is not known
   */
  record SearchFolders(List<FolderScope> scopes, SearchReturn returns, @Nullable SearchKey key)
      implements FolderCommand {
    public SearchFolders {
      scopes = List.copyOf(scopes);
    }
  }

  /** RFC 2342. */
  record Namespace() implements FolderCommand {}

  /** APPEND up to the first octets of a message. */
  record Append(String folder, MessagePiece first) implements FolderCommand, MessageCommand {}

  /**
   * RFC 5465; without groups it is NOTIFY NONE.
   *
   * @param status whether to tell how the folders stand now
   * @param allKnown false when it names events that nobody has heard of
   */
  record Notify(boolean status, List<EventGroup> groups, boolean allKnown)
      implements FolderCommand {
    public Notify {
      groups = List.copyOf(groups);
    }
  }

  /** RFC 2177. */
  record Idle() implements FolderCommand {}

  @Override
  default Set<Phase> allowedIn() {
    return Set.of(Phase.AUTHENTICATED, Phase.SELECTED);
  }
}
