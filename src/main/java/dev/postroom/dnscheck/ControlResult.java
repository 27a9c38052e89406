package dev.postroom.dnscheck;

/** Whether the DNS shows that the account controls the domain. */
public sealed interface ControlResult {
  /** What showed it. */
  enum Evidence {
    /** The TXT record with the domain's token. */
    TOKEN,
    /** An MX record that points to this server. */
    MX
  }

  /** It does, and the domain takes mail from now on. */
  record Proven(Evidence evidence) implements ControlResult {}

  /**
   * It does not yet.
   *
   * @param found what is there instead, a sentence for people
   * @param advice what to do, a sentence for people
   */
  record NotYet(String found, String advice) implements ControlResult {}

  /** The DNS did not answer, so nothing is known. */
  record DnsTrouble(String why) implements ControlResult {}
}
