package dev.postroom.dns;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** What is asked: names that differ only in case are the same question. */
record Question(Name name, int type) {
  /** Empty when the DNS cannot hold such a name. */
  static Optional<Question> of(String name, int type) {
    try {
      return Optional.of(new Question(Name.fromString(name, Name.root).canonicalize(), type));
    } catch (TextParseException tooLongOrMalformed) {
      return Optional.empty();
    }
  }
}
