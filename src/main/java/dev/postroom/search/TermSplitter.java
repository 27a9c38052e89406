package dev.postroom.search;

import dev.postroom.message.CaseMap;
import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;

/**
 * Cuts texts into terms such that a word is somewhere in a text exactly when it is somewhere in one
 * of its terms: a term is a whole run of word characters, mapped by {@link CaseMap}.
 *
 * <p>Runs that are very long are cut into pieces that overlap by half, so that whatever is not
 * longer than {@link #HALF} is still whole in one of them. Runs of scripts without spaces become
 * their pairs of characters. For one thread.
 */
final class TermSplitter {
  /** The longest word that is looked for as a whole. */
  static final int HALF = 32;

  private static final int CHUNK = 4096;

  private final Consumer<String> terms;
  private final char[] chunk = new char[CHUNK];
  private final char[] run = new char[2 * HALF];
  private int length;
  private CharKind kind = CharKind.BETWEEN;
  private boolean paired;

  /**
   * @param terms gets each term, in the form of {@link Octets#of}
   */
  TermSplitter(Consumer<String> terms) {
    this.terms = terms;
  }

  void split(Reader text) throws IOException {
    var mapped = CaseMap.reader(text);
    for (int n = mapped.read(chunk); n >= 0; n = mapped.read(chunk)) {
      for (int i = 0; i < n; i++) {
        take(chunk[i]);
      }
    }
    endRun();
  }

  private void take(char c) {
    var next = CharKind.of(c);
    if (next != kind) {
      endRun();
      kind = next;
    }
    switch (next) {
      case WORD -> addToWord(c);
      case DENSE -> addToPairs(c);
      case BETWEEN -> {
        // no term goes on
      }
    }
  }

  private void addToWord(char c) {
    if (length == run.length) {
      emit();
      System.arraycopy(run, HALF, run, 0, HALF);
      length = HALF;
    }
    run[length++] = c;
  }

  private void addToPairs(char c) {
    run[length++] = c;
    if (length == 2) {
      emit();
      run[0] = c;
      length = 1;
      paired = true;
    }
  }

  private void endRun() {
    if (length > 0 && !paired) {
      emit();
    }
    length = 0;
    paired = false;
    kind = CharKind.BETWEEN;
  }

  private void emit() {
    terms.accept(Octets.of(run, 0, length));
  }
}
