package dev.postroom.dnscheck;

import static dev.postroom.dnscheck.RecordCheck.compared;

import dev.postroom.dns.Resolver;
import dev.postroom.dns.TlsaRecord;
import dev.postroom.dnscheck.WantedRecord.Purpose;
import dev.postroom.tls.Certificates;
import dev.postroom.tlspolicy.PublishedPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The records with which a domain says how secure the way to it must be. */
@ApplicationScoped
class SecurityRecords {
  private final OwnNames ownNames;
  private final Certificates certificates;

  SecurityRecords(OwnNames ownNames, Certificates certificates) {
    this.ownNames = ownNames;
    this.certificates = certificates;
  }

  List<WantedRecord> records(PublishedPolicy policy, Resolver dns) {
    var domain = policy.domain().ascii();
    var records = new ArrayList<WantedRecord>();
    records.add(host("mta-sts." + domain, dns));
    records.add(text(Purpose.POLICY, "_mta-sts." + domain, "v=STSv1", policy.stsRecord(), dns));
    records.add(
        text(Purpose.REPORTS, "_smtp._tls." + domain, "v=TLSRPTv1", policy.reportsRecord(), dns));
    if (ownNames.hostname().endsWith("." + domain) || ownNames.hostname().equals(domain)) {
      // the name of the server is in this domain, so its owner can publish what it shows
      certificates.of(ownNames.hostname()).map(shown -> tlsa(shown, dns)).ifPresent(records::add);
    }
    return records;
  }

  private static WantedRecord text(
      Purpose purpose, String name, String version, String value, Resolver dns) {
    var answer = dns.txt(name);
    var found = answer.recordsOrNone().stream().filter(text -> text.startsWith(version)).toList();
    return compared(
        purpose,
        name,
        "TXT",
        value,
        answer,
        found,
        // two of them are none (RFC 8461 §3.1, RFC 8460 §3)
        text -> found.size() == 1 && fields(text).equals(fields(value)));
  }

  private static List<String> fields(String text) {
    return Arrays.stream(text.split(";"))
        .map(String::strip)
        .filter(field -> !field.isEmpty())
        .toList();
  }

  private WantedRecord host(String name, Resolver dns) {
    var answer = dns.addresses(name);
    var ours =
        dns.addresses(ownNames.hostname()).recordsOrNone().stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.toSet());
    var found = answer.recordsOrNone().stream().map(InetAddress::getHostAddress).toList();
    return compared(
        Purpose.POLICY_HOST,
        name,
        "CNAME",
        ownNames.hostname() + ".",
        answer,
        found,
        ours::contains);
  }

  private WantedRecord tlsa(X509Certificate shown, Resolver dns) {
    var name = "_25._tcp." + ownNames.hostname();
    var value = "3 1 1 " + digest(shown);
    var answer = dns.tlsa(name);
    return compared(
        Purpose.CERTIFICATE,
        name,
        "TLSA",
        value,
        answer,
        answer.recordsOrNone().stream().map(TlsaRecord::toString).toList(),
        value::equals);
  }

  /** RFC 7671 §5.1: of the key, which outlives a renewal of the certificate. */
  private static String digest(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
