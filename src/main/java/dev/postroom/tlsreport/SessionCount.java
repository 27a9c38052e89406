package dev.postroom.tlsreport;

import dev.postroom.outbound.TlsFault;
import dev.postroom.outbound.TlsSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Sessions of one day that turned out alike.
 *
 * @param result the failure's type, empty for success, which has no details either
 */
record SessionCount(
    LocalDate day,
    String domain,
    String policyType,
    String policyText,
    String policyHosts,
    String result,
    String host,
    String receivingIp,
    String sendingIp,
    String detail) {
  private static final int ID_OCTETS = 16;
  private static final int MAX_DETAIL = 500;

  static SessionCount of(LocalDate day, TlsSession session) {
    boolean failed = session.fault().isPresent();
    return new SessionCount(
        day,
        session.domain().ascii(),
        session.policy().text(),
        String.join("\n", session.policyText()),
        String.join("\n", session.policyHosts()),
        session.fault().map(fault -> fault.type().text()).orElse(""),
        failed ? session.host() : "",
        failed ? session.remoteIp() : "",
        failed ? session.localIp() : "",
        session.fault().map(TlsFault::why).map(SessionCount::cut).orElse(""));
  }

  private static String cut(String text) {
    return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL);
  }

  boolean isSuccess() {
    return result.isEmpty();
  }

  /** The same for the same. */
  byte[] id() {
    try {
      var text =
          String.join(
              "\0",
              policyType,
              policyText,
              policyHosts,
              result,
              host,
              receivingIp,
              sendingIp,
              detail);
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest, ID_OCTETS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
