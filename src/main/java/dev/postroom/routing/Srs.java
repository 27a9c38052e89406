package dev.postroom.routing;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The Sender Rewriting Scheme: a forwarded message gets a reverse-path in the forwarder's domain,
 * so that SPF lets it pass, and a report sent there finds its way back.
 *
 * <p>{@code SRS0=hash=day=domain=local} stands for {@code local@domain}; {@code
 * SRS1=hash=forwarder==rest} for another forwarder's {@code SRS0=rest@forwarder}. Everything is
 * compared without regard to case, as some servers change it.
 */
@ApplicationScoped
public class Srs {
  /** How long reports come back: longer than any server tries to deliver. */
  static final int MAX_AGE_DAYS = 21;

  private static final String FIRST = "SRS0=";
  private static final String SECOND = "SRS1=";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int HASH_LENGTH = 6; // 30 bits
  private static final int DAYS = 1024; // two digits
  private static final long MILLIS_OF_DAY = 86_400_000;
  private static final int MAX_ADDRESS = 254; // RFC 5321 §4.5.3.1.3, without the brackets

  private final SecretKeySpec key;
  private final List<SecretKeySpec> formerKeys;
  private final Clock clock;

  public Srs(ServerConfig config, Clock clock) {
    this.key = key(config.secret());
    this.formerKeys = config.formerSecrets().orElse(List.of()).stream().map(Srs::key).toList();
    this.clock = clock;
  }

  private static SecretKeySpec key(String secret) {
    return new SecretKeySpec(("srs " + secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /**
   * The reverse-path for a message of {@code sender} that a forwarder in {@code domain} sends on.
   * An address that would become too long for SMTP stays as it is.
   */
  public MailAddress rewrite(MailAddress sender, DomainName domain) {
    var rewritten = new MailAddress(localPart(sender), domain);
    return rewritten.toString().length() > MAX_ADDRESS ? sender : rewritten;
  }

  private String localPart(MailAddress sender) {
    String local = sender.localPart();
    if (startsWith(local, FIRST)) {
      String rest = sender.domain() + "=" + local.substring(FIRST.length() - 1);
      return SECOND + hash(key, rest) + "=" + rest;
    }
    if (startsWith(local, SECOND)) {
      // the first forwarder is asked directly: the path back stays two hops long
      String rest = local.substring(Math.min(local.length(), local.indexOf('=', 5) + 1));
      return SECOND + hash(key, rest) + "=" + rest;
    }
    String rest = digits(today()) + "=" + sender.domain() + "=" + local;
    return FIRST + hash(key, rest) + "=" + rest;
  }

  /** Whether it looks like an address that some SRS made. */
  public static boolean isRewritten(MailAddress address) {
    return startsWith(address.localPart(), FIRST) || startsWith(address.localPart(), SECOND);
  }

  /** Whom a rewritten address stands for; empty when we did not make it, or too long ago. */
  public Optional<MailAddress> original(MailAddress rewritten) {
    String local = rewritten.localPart();
    int end = local.indexOf('=', FIRST.length());
    if (!isRewritten(rewritten) || end < 0) {
      return Optional.empty();
    }
    String rest = local.substring(end + 1);
    if (!isOurs(local.substring(FIRST.length(), end), rest)) {
      return Optional.empty();
    }
    return startsWith(local, FIRST) ? author(rest) : firstForwarder(rest);
  }

  private Optional<MailAddress> author(String rest) {
    String[] parts = rest.split("=", 3);
    return parts.length == 3 && isFresh(parts[0]) ? address(parts[2], parts[1]) : Optional.empty();
  }

  private static Optional<MailAddress> firstForwarder(String rest) {
    int end = rest.indexOf("==");
    return end < 0
        ? Optional.empty()
        : address(FIRST + rest.substring(end + 2), rest.substring(0, end));
  }

  private static Optional<MailAddress> address(String localPart, String domain) {
    try {
      return Optional.of(new MailAddress(localPart, DomainName.of(domain)));
    } catch (InvalidAddressException changed) {
      return Optional.empty();
    }
  }

  private boolean isOurs(String hash, String rest) {
    return isSigned(key, hash, rest) || formerKeys.stream().anyMatch(k -> isSigned(k, hash, rest));
  }

  private static boolean isSigned(SecretKeySpec key, String hash, String rest) {
    return MessageDigest.isEqual(
        hash(key, rest).getBytes(StandardCharsets.US_ASCII),
        hash.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
  }

  private boolean isFresh(String day) {
    int made =
        day.length() == 2 ? BASE32.indexOf(low(day, 0)) * 32 + BASE32.indexOf(low(day, 1)) : -1;
    return made >= 0 && Math.floorMod(today() - made, DAYS) <= MAX_AGE_DAYS;
  }

  private static char low(String text, int at) {
    return Character.toLowerCase(text.charAt(at));
  }

  private int today() {
    return (int) (clock.millis() / MILLIS_OF_DAY % DAYS);
  }

  private static String digits(int day) {
    return "" + BASE32.charAt(day / 32) + BASE32.charAt(day % 32);
  }

  private static String hash(SecretKeySpec key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] octets = mac.doFinal(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      var hash = new StringBuilder(HASH_LENGTH);
      for (int i = 0; i < HASH_LENGTH; i++) {
        hash.append(BASE32.charAt(octets[i] & 31));
      }
      return hash.toString();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has HmacSHA256", missing);
    }
  }

  private static boolean startsWith(String local, String prefix) {
    return local.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
