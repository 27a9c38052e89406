package dev.postroom.imap.syntax;

/**
 * How text beyond ASCII stands on the wire: a session begins with the one and may turn to the
 * other.
 */
public enum TextForm {
  /** RFC 3501: names of folders in modified UTF-7, quoted strings in ASCII. */
  ASCII {
    @Override
    String decodeName(String octetText) throws ImapSyntaxException {
      // RFC 6855 §3: UTF-8 is understood before it is enabled; modified UTF-7 has no such octets
      return octetText.chars().anyMatch(c -> c > 0x7f)
          ? Tokens.utf8(octetText)
          : ModifiedUtf7.decode(octetText);
    }

    @Override
    String encodeName(String name) {
      return ModifiedUtf7.encode(name);
    }

    @Override
    boolean quotes(String octetText) {
      return false;
    }
  },

  /** RFC 6855 §3, RFC 9051 §5.1: names and quoted strings in UTF-8. */
  UTF_8 {
    @Override
    String decodeName(String octetText) throws ImapSyntaxException {
      return Tokens.utf8(octetText);
    }

    @Override
    String encodeName(String name) {
      return Tokens.octetText(name);
    }

    @Override
    boolean quotes(String octetText) {
      return Tokens.isUtf8(octetText);
    }
  };

  /** Whether octets, given as characters of the same number, are UTF-8. */
  public static boolean isUtf8(String octetText) {
    return Tokens.isUtf8(octetText);
  }

  /** The folder's name that a client has sent, octets as characters of the same number. */
  abstract String decodeName(String octetText) throws ImapSyntaxException;

  /** The octets for a folder's name, as characters of the same number. */
  abstract String encodeName(String name);

  /** Whether a string with octets above 127 can stand between quotes. */
  abstract boolean quotes(String octetText);
}
