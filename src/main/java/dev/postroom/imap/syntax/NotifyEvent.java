package dev.postroom.imap.syntax;

import java.util.Optional;

/** What a client can ask to be told of (RFC 5465 §5). */
public enum NotifyEvent {
  MESSAGE_NEW("MessageNew"),
  MESSAGE_EXPUNGE("MessageExpunge"),
  FLAG_CHANGE("FlagChange"),
  ANNOTATION_CHANGE("AnnotationChange"),
  MAILBOX_NAME("MailboxName"),
  SUBSCRIPTION_CHANGE("SubscriptionChange"),
  MAILBOX_METADATA_CHANGE("MailboxMetadataChange"),
  SERVER_METADATA_CHANGE("ServerMetadataChange");

  private final String wireName;

  NotifyEvent(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** RFC 5465 §8 message-event: what may be asked of the selected folder. */
  boolean isOfMessages() {
    return switch (this) {
      case MESSAGE_NEW, MESSAGE_EXPUNGE, FLAG_CHANGE, ANNOTATION_CHANGE -> true;
      case MAILBOX_NAME, SUBSCRIPTION_CHANGE, MAILBOX_METADATA_CHANGE, SERVER_METADATA_CHANGE ->
          false;
    };
  }

  static Optional<NotifyEvent> named(String name) {
    for (var event : values()) {
      if (event.wireName.equalsIgnoreCase(name)) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }
}
