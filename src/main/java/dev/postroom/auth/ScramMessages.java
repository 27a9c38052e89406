package dev.postroom.auth;

import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammar of what a SCRAM client says (RFC 5802 §7). Pure. */
final class ScramMessages {
  private static final int MAX_NONCE = 256;
  private static final int MAX_NAME = 1024;
  private static final Pattern NONCE = Pattern.compile("[!-+\\--~]{1," + MAX_NONCE + "}");
  // no alternatives under a quantifier: the runtime's matcher recurses over those
  private static final String NAME = "[^\\x00,]{1," + MAX_NAME + "}";
  private static final Pattern FIRST =
      Pattern.compile(
          "(?<header>(?<flag>[ny]|p=[A-Za-z0-9.-]{1,64}),(?:a=(?<actor>"
              + NAME
              + "))?,)(?<bare>.*)",
          Pattern.DOTALL);
  private static final Pattern BARE =
      Pattern.compile("n=(?<name>" + NAME + "),r=(?<nonce>[^,]*)(?:,.*)?", Pattern.DOTALL);
  private static final Pattern FINAL =
      Pattern.compile(
          "(?<unproven>c=(?<binding>[^,]+),r=(?<nonce>[^,]+)(?:,.*)?),p=(?<proof>[^,]+)",
          Pattern.DOTALL);

  private ScramMessages() {}

  /** The client did not follow the grammar. */
  static final class MalformedException extends Exception {
    MalformedException(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * The first message.
   *
   * @param header the GS2 header, which the second message repeats
   * @param bindingType of the channel binding, with flag {@code p}
   * @param flag {@code n}: the client has no channel binding; {@code y}: it has, and believes that
   *     we have none; {@code p}: it uses one
   * @param actor whom to act as
   * @param bare the message without the header
   */
  record First(
      String header,
      char flag,
      @Nullable String bindingType,
      @Nullable String actor,
      String name,
      String nonce,
      String bare) {}

  static First first(String message) throws MalformedException {
    var outer = FIRST.matcher(message);
    if (!outer.matches()) {
      throw new MalformedException("not a GS2 header");
    }
    var bare = outer.group("bare");
    if (bare.startsWith("m=")) {
      throw new MalformedException("extensions-not-supported"); // RFC 5802 §5.1
    }
    var inner = BARE.matcher(bare);
    if (!inner.matches() || !NONCE.matcher(inner.group("nonce")).matches()) {
      throw new MalformedException("a name and a nonce are expected");
    }
    var flag = outer.group("flag");
    var actor = outer.group("actor");
    return new First(
        outer.group("header"),
        flag.charAt(0),
        flag.length() > 1 ? flag.substring(2) : null,
        actor == null ? null : decoded(actor),
        decoded(inner.group("name")),
        inner.group("nonce"),
        bare);
  }

  /** RFC 5802 §5.1: an equals sign is followed by 2C or 3D, nothing else. */
  private static String decoded(String saslName) throws MalformedException {
    for (int at = saslName.indexOf('='); at >= 0; at = saslName.indexOf('=', at + 1)) {
      if (!saslName.startsWith("2C", at + 1) && !saslName.startsWith("3D", at + 1)) {
        throw new MalformedException("invalid-username-encoding");
      }
    }
    return saslName.replace("=2C", ",").replace("=3D", "=");
  }

  /**
   * The second message.
   *
   * @param unproven the message without the proof
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record Final(String unproven, byte[] binding, String nonce, byte[] proof) {}

  static Final last(String message) throws MalformedException {
    var m = FINAL.matcher(message);
    if (!m.matches()) {
      throw new MalformedException("channel binding, nonce and proof are expected");
    }
    try {
      var decoder = Base64.getDecoder();
      return new Final(
          m.group("unproven"),
          decoder.decode(m.group("binding")),
          m.group("nonce"),
          decoder.decode(m.group("proof")));
    } catch (IllegalArgumentException _) {
      throw new MalformedException("invalid-encoding");
    }
  }
}
