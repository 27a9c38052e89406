package dev.postroom.smtp;

import dev.postroom.mail.MailOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.routing.Sender;
import dev.postroom.routing.Verdict;
import dev.postroom.smtp.syntax.SmtpReply;
import dev.postroom.trace.Story;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A mail transaction (RFC 5321 §3.3): what MAIL and RCPT have said so far. */
final class Transaction implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Transaction.class);

  /** Where one message goes at most, or little more: the last recipient is not cut in two. */
  static final int MAX_COPIES = 10_000;

  private final Story story;
  private final ReversePath reversePath;
  private final @Nullable Sender sender;
  private final long announcedSize;
  private final List<Verdict.Taken> recipients = new ArrayList<>();
  private MailOptions options = MailOptions.NONE;
  private boolean refused;
  private int refusedForGood;
  private boolean deferred;
  private int copies;
  private @Nullable ChunkedMessage chunks;

  /**
   * @param sender the user who submits, null on port 25
   * @param announcedSize what {@code SIZE=} said, 0 when it was not there
   */
  Transaction(Story story, ReversePath reversePath, @Nullable Sender sender, long announcedSize) {
    this.story = story;
    this.reversePath = reversePath;
    this.sender = sender;
    this.announcedSize = announcedSize;
  }

  TraceId trace() {
    return story.trace();
  }

  /** What happens to it, told when it is over. */
  Story story() {
    return story;
  }

  ReversePath reversePath() {
    return reversePath;
  }

  @Nullable Sender sender() {
    return sender;
  }

  /** What MAIL asked for it, beside its size. */
  MailOptions options() {
    return options;
  }

  void ask(MailOptions asked) {
    options = asked;
  }

  long announcedSize() {
    return announcedSize;
  }

  /** Those that are taken. */
  List<Verdict.Taken> recipients() {
    return recipients;
  }

  void take(Verdict.Taken recipient) {
    recipients.add(recipient);
    copies += recipient.destinations().size();
  }

  boolean hasRoomForCopies() {
    return copies < MAX_COPIES;
  }

  /** A recipient was not taken. */
  void refuse(SmtpReply reply) {
    refused = true;
    refusedForGood += reply.isPermanentFailure() ? 1 : 0;
    deferred |= reply.isTransientFailure();
  }

  boolean hasRefusedRecipients() {
    return refused;
  }

  /** How many will never be taken. */
  int refusedForGood() {
    return refusedForGood;
  }

  /** Whether some that were not taken may be another time. */
  boolean hasDeferredRecipients() {
    return deferred;
  }

  /** Opens what a message's chunks go into. */
  interface Opening {
    ChunkedMessage open() throws IOException;
  }

  /** What the chunks of the message go into, opened with the first. */
  ChunkedMessage chunks(Opening opening) throws IOException {
    if (chunks == null) {
      chunks = opening.open();
    }
    return chunks;
  }

  /** Whether a chunk has come: only chunks can follow (RFC 3030 §2). */
  boolean hasChunks() {
    return chunks != null;
  }

  @Override
  public void close() {
    if (sender != null) {
      sender.room().close();
    }
    try {
      if (chunks != null) {
        chunks.close();
      }
    } catch (IOException failed) {
      LOG.warnf("a message that is not kept could not be removed: %s", failed.getMessage());
    }
  }
}
