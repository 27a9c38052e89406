package dev.postroom.smtp;

import dev.postroom.net.NetConfig;

/** The services that speak SMTP here, or its sister LMTP. */
enum Service {
  /** Other servers bring mail for our domains: port 25. */
  RECEIVING("smtp", false, false),
  /** Our users send, after STARTTLS and a login: port 587 (RFC 6409). */
  SUBMISSION("submission", false, true),
  /** The same with TLS from the first octet: port 465 (RFC 8314). */
  SUBMISSIONS("submissions", true, true),
  /** A mail server in front of this one hands over what it has accepted (RFC 2033). */
  LMTP("lmtp", false, false);

  private final String label;
  private final boolean implicitTls;
  private final boolean forUsers;

  Service(String label, boolean implicitTls, boolean forUsers) {
    this.label = label;
    this.implicitTls = implicitTls;
    this.forUsers = forUsers;
  }

  /** For logs, metrics and health. */
  String label() {
    return label;
  }

  boolean implicitTls() {
    return implicitTls;
  }

  /** Only users who have logged in may send here. */
  boolean forUsers() {
    return forUsers;
  }

  int port(SmtpConfig config) {
    return switch (this) {
      case RECEIVING -> config.port();
      case SUBMISSION -> config.submissionPort();
      case SUBMISSIONS -> config.submissionsPort();
      case LMTP -> config.lmtpPort();
    };
  }

  /** The address to listen on. */
  String host(SmtpConfig config, NetConfig net) {
    return this == LMTP ? config.lmtpHost() : net.host();
  }

  /** RFC 2033 §4.2: after the content comes a reply for each recipient. */
  boolean repliesForEachRecipient() {
    return this == LMTP;
  }
}
