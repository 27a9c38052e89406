package dev.postroom.tlsreport;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A report of ours.
 *
 * @param compressed its JSON, in gzip
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record SentReport(String id, String submitter, String domain, LocalDate day, byte[] compressed) {
  /** RFC 8460 §5.1. */
  String fileName() {
    long begin = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    long end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() - 1;
    return submitter + "!" + domain + "!" + begin + "!" + end + ".json.gz";
  }
}
