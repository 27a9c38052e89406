package dev.postroom.bulk;

/**
 * How many recipients stand how.
 *
 * @param waiting not yet in the queue
 * @param queued on their way
 * @param delayed of these, those that were tried and are tried again
 */
public record Progress(
    long waiting,
    long queued,
    long delayed,
    long sent,
    long failed,
    long suppressed,
    long cancelled,
    long unknown) {
  public long all() {
    return waiting + queued + sent + failed + suppressed + cancelled + unknown;
  }

  /** Those that nothing more is done about. */
  public long finished() {
    return all() - waiting - queued;
  }
}
