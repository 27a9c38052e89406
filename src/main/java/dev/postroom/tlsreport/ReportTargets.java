package dev.postroom.tlsreport;

import dev.postroom.mail.MailAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a domain wants its reports: its TXT record {@code _smtp._tls} (RFC 8460 §3). */
record ReportTargets(List<MailAddress> addresses, List<URI> urls) {
  static final ReportTargets NONE = new ReportTargets(List.of(), List.of());

  private static final String VERSION = "v=TLSRPTv1";
  private static final int MAX_TARGETS = 4;

  boolean isEmpty() {
    return addresses.isEmpty() && urls.isEmpty();
  }

  /** None, where there is no such record, or more than one. */
  static ReportTargets of(List<String> texts) {
    var records = texts.stream().filter(text -> text.matches("v=TLSRPTv1[ \t]*(;.*)?")).toList();
    if (records.size() != 1) {
      return NONE;
    }
    for (var field : records.getFirst().substring(VERSION.length()).split(";", -1)) {
      var stripped = field.strip();
      if (stripped.startsWith("rua=")) {
        return targets(stripped.substring(4));
      }
    }
    return NONE;
  }

  private static ReportTargets targets(String list) {
    var addresses = new ArrayList<MailAddress>();
    var urls = new ArrayList<URI>();
    for (var target : list.split(",", -1)) {
      if (addresses.size() + urls.size() == MAX_TARGETS) {
        break;
      }
      read(target.strip(), addresses, urls);
    }
    return new ReportTargets(List.copyOf(addresses), List.copyOf(urls));
  }

  private static void read(String target, List<MailAddress> addresses, List<URI> urls) {
    var lower = target.toLowerCase(Locale.ROOT);
    try {
      if (lower.startsWith("mailto:")) {
        var address = target.substring("mailto:".length()).replaceFirst("\\?.*", "");
        addresses.add(
            MailAddress.parse(
                URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8)));
      } else if (lower.startsWith("https:")) {
        var url = URI.create(target);
        if (url.getHost() != null && url.getUserInfo() == null) {
          urls.add(url);
        }
      }
    } catch (IllegalArgumentException _) {
      // an address or URL that cannot be read leaves the others
    }
  }
}
