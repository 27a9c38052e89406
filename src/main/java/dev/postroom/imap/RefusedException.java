package dev.postroom.imap;

/** Why a command is not carried out any further: what its completion says. */
final class RefusedException extends Exception {
  private final transient Completion completion;

  RefusedException(Completion completion) {
    super(completion.text(), null, false, false);
    this.completion = completion;
  }

  Completion completion() {
    return completion;
  }
}
