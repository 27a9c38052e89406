package dev.postroom.web;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed, and what is wrong with it. Pages show the same form again with both. The
 * readers throw a {@link DirectoryProblem} for their field, as the services do.
 */
public final class Form {
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> errors = new HashMap<>();

  private Form() {}

  public static Form empty() {
    return new Form();
  }

  public static Form of(MultivaluedMap<String, String> fields) {
    var form = new Form();
    fields.forEach((name, all) -> form.values.put(name, all.isEmpty() ? "" : all.getFirst()));
    return form;
  }

  /** For forms that begin with what is so now. */
  public Form with(String name, Object value) {
    values.put(name, value.toString());
    return this;
  }

  public String value(String name) {
    return values.getOrDefault(name, "");
  }

  /** For the option of a select. */
  public boolean chose(String name, long option) {
    return value(name).equals(Long.toString(option));
  }

  public boolean on(String name) {
    return values.containsKey(name);
  }

  public String error(String name) {
    return errors.getOrDefault(name, "");
  }

  public boolean isWrong(String name) {
    return errors.containsKey(name);
  }

  /** What is wrong, but with no single field. */
  public String problem() {
    return error("");
  }

  /** Puts the message beside its field, or above the form when the form has no such field. */
  public void reject(String field, String message) {
    errors.put(values.containsKey(field) ? field : "", message);
  }

  public String text(String name) {
    return value(name).strip();
  }

  public String required(String name, String message) {
    var text = text(name);
    if (text.isEmpty()) {
      throw invalid(name, message);
    }
    return text;
  }

  public long whole(String name, String message) {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException _) {
      throw invalid(name, message);
    }
  }

  public DomainName domain(String name) {
    return read(name, () -> DomainName.of(text(name)));
  }

  public MailAddress address(String name) {
    return read(name, () -> MailAddress.parse(text(name)));
  }

  /** One address a line; commas and semicolons do as well. */
  public List<MailAddress> addresses(String name) {
    var found = new ArrayList<MailAddress>();
    for (var part : value(name).split("[\\s,;]+", -1)) {
      if (!part.isEmpty()) {
        found.add(read(name, () -> MailAddress.parse(part)));
      }
    }
    return found;
  }

  private static <T> T read(String name, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (InvalidAddressException wrong) {
      throw invalid(name, sentence(wrong.getMessage()));
    }
  }

  public static DirectoryProblem invalid(String field, String message) {
    return new DirectoryProblem(DirectoryProblem.Kind.INVALID, field, message);
  }

  /** Messages of the mail package begin small and end without a stop. */
  static String sentence(@Nullable String message) {
    if (message == null || message.isEmpty()) {
      return "";
    }
    var begun = Character.toUpperCase(message.charAt(0)) + message.substring(1);
    return begun.endsWith(".") ? begun : begun + ".";
  }
}
