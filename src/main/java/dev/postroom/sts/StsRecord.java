package dev.postroom.sts;

import java.util.List;
import java.util.Optional;

/**
 * The TXT record that says that there is a policy (RFC 8461 §3.1).
 *
 * @param id changes whenever the policy does
 */
record StsRecord(String id) {
  private static final String VERSION = "v=STSv1";

  /** Empty when there is none, or more than one. */
  static Optional<StsRecord> of(List<String> texts) {
    var records = texts.stream().filter(StsRecord::isOne).toList();
    return records.size() == 1 ? read(records.getFirst()) : Optional.empty();
  }

  private static boolean isOne(String text) {
    return text.equals(VERSION) || text.matches("v=STSv1[ \t]*;.*");
  }

  private static Optional<StsRecord> read(String text) {
    for (var field : text.split(";", -1)) {
      var stripped = field.strip();
      if (stripped.startsWith("id=")) {
        var id = stripped.substring(3);
        return id.matches("[A-Za-z0-9]{1,32}") ? Optional.of(new StsRecord(id)) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
