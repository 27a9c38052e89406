package dev.postroom.smtp;

/** The three services that speak SMTP here. */
enum Service {
  /** Other servers bring mail for our domains: port 25. */
  RECEIVING("smtp", false, false),
  /** Our users send, after STARTTLS and a login: port 587 (RFC 6409). */
  SUBMISSION("submission", false, true),
  /** The same with TLS from the first octet: port 465 (RFC 8314). */
  SUBMISSIONS("submissions", true, true);

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
    };
  }
}
