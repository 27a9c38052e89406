package dev.postroom.trace;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a message comes in, from its first command to its last reply, gathered on one thread and
 * {@link Trace#record recorded} as a whole. {@link Trace#begin} makes one.
 */
public final class Story {
  private final TraceId trace;
  private final LongSupplier clock;
  private final List<Recorded.Moment> moments = new ArrayList<>();
  private @Nullable Origin origin;
  private String messageId = "";
  private String subject = "";
  private long size;

  Story(TraceId trace, LongSupplier clock) {
    this.trace = trace;
    this.clock = clock;
  }

  public TraceId trace() {
    return trace;
  }

  public Story from(Origin origin) {
    this.origin = origin;
    return this;
  }

  public Story content(@Nullable String messageId, @Nullable String subject, long size) {
    this.messageId = messageId == null ? "" : messageId;
    this.subject = subject == null ? "" : subject;
    this.size = size;
    return this;
  }

  /** For the account of the recipient's domain. */
  public Story add(MailAddress recipient, Step step) {
    return add(null, recipient, step);
  }

  /**
   * @see TraceEvent
   */
  public Story add(@Nullable Long accountId, @Nullable MailAddress recipient, Step step) {
    moments.add(
        new Recorded.Moment(clock.getAsLong(), new TraceEvent(trace, accountId, recipient, step)));
    return this;
  }

  /** How many things are told so far. */
  public int length() {
    return moments.size();
  }

  /** Takes back what was told after it was so long: it did not come true. */
  public void cutTo(int length) {
    moments.subList(length, moments.size()).clear();
  }

  @Nullable Origin origin() {
    return origin;
  }

  String messageId() {
    return messageId;
  }

  String subject() {
    return subject;
  }

  long size() {
    return size;
  }

  List<Recorded.Moment> moments() {
    return List.copyOf(moments);
  }
}
