package dev.postroom.auth;

import com.ibm.icu.text.StringPrep;
import com.ibm.icu.text.StringPrepParseException;

/** SASLprep (RFC 4013), which SCRAM clients apply to names and passwords. */
final class SaslPrep {
  private static final StringPrep PROFILE = StringPrep.getInstance(StringPrep.RFC4013_SASLPREP);

  private SaslPrep() {}

  /**
   * What the profile forbids stays as it is: many clients do not prepare anything, and a password
   * that was accepted must not become useless. Characters younger than the profile are let through.
   */
  static String prepared(String text) {
    try {
      return PROFILE.prepare(text, StringPrep.ALLOW_UNASSIGNED);
    } catch (StringPrepParseException _) {
      return text;
    }
  }
}
