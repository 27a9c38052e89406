package dev.postroom.api;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a request's body must have. */
final class Body {
  private Body() {}

  /** An empty body arrives as null. */
  static <T> T of(@Nullable T body) {
    if (body == null) {
      throw new WebApplicationException(
          Problem.of(400, "malformed", "A JSON object is expected.", "").response());
    }
    return body;
  }

  static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw invalid(field, "The field '" + field + "' is missing.");
    }
    return value;
  }

  static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  static DomainName domain(String field, @Nullable String text) {
    try {
      return DomainName.of(required(field, text));
    } catch (InvalidAddressException invalid) {
      throw invalid(field, sentence(invalid));
    }
  }

  static MailAddress address(String field, @Nullable String text) {
    try {
      return MailAddress.parse(required(field, text));
    } catch (InvalidAddressException invalid) {
      throw invalid(field, sentence(invalid));
    }
  }

  static List<MailAddress> addresses(String field, @Nullable List<@Nullable String> texts) {
    var addresses = new ArrayList<MailAddress>();
    for (var text : required(field, texts)) {
      addresses.add(address(field, text));
    }
    return addresses;
  }

  private static String sentence(InvalidAddressException invalid) {
    var message = String.valueOf(invalid.getMessage());
    return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
  }

  static DirectoryProblem invalid(String field, String message) {
    return new DirectoryProblem(DirectoryProblem.Kind.INVALID, field, message);
  }
}
