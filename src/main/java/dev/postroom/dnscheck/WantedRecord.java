package dev.postroom.dnscheck;

import java.util.List;

/**
 * A record that a domain should publish, and what is published.
 *
 * @param name the owner name, in ASCII and without a final dot
 * @param value what to publish, in the form of a zone file without quotes: {@code 10 mail.host}
 * @param found what is there of that type and purpose; empty when nothing is
 */
public record WantedRecord(
    Purpose purpose, String name, String type, String value, State state, List<String> found) {
  /** What it is for. */
  public enum Purpose {
    /** Shows that the account controls the domain; needed until it has been seen. */
    CONTROL,
    /** Brings mail for the domain here. */
    RECEIVE,
    /** Says that this server may send mail of the domain (RFC 7208). */
    SEND,
    /** Says that there is an MTA-STS policy, and which (RFC 8461 §3.1). */
    POLICY,
    /** Where the policy is fetched (RFC 8461 §3.3). */
    POLICY_HOST,
    /** Where other servers report how secure the way was (RFC 8460 §3). */
    REPORTS,
    /** Describes the certificate of this server (RFC 7672). */
    CERTIFICATE
  }

  /** How what is published compares with what should be. */
  public enum State {
    PUBLISHED,
    MISSING,
    /** Something else is there: see {@link WantedRecord#found}. */
    DIFFERS,
    /** The DNS did not answer. */
    UNKNOWN
  }

  public WantedRecord {
    found = List.copyOf(found);
  }
}
