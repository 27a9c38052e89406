package dev.postroom.pop3;

import dev.postroom.pop3.Pop3Command.Malformed;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** The grammar of commands (RFC 1939 §9). Pure: a line in, a command out, never an exception. */
final class Pop3Parser {
  private static final Pattern NUMBER = Pattern.compile("0*[0-9]{1,9}");
  private static final Pattern LANGUAGE_RANGE =
      Pattern.compile("\\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,8}(-\\*)?");
  private static final Pattern MECHANISM = Pattern.compile("[A-Za-z0-9_-]{1,20}"); // RFC 4422 §3.1

  private Pop3Parser() {}

  /**
   * @param line without its line end
   */
  static Pop3Command parse(String line) {
    if (line.chars().anyMatch(character -> character < ' ' || character == 0x7f)) {
      return new Malformed("control characters do not belong in a command");
    }
    int space = line.indexOf(' ');
    var verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    var rest = space < 0 ? "" : line.substring(space + 1);
    return switch (verb) {
      case "CAPA" -> alone(rest, new Pop3Command.Capa());
      case "UTF8" -> alone(rest, new Pop3Command.Utf8());
      case "LANG" -> lang(rest.strip());
      case "STLS" -> alone(rest, new Pop3Command.Stls());
      // RFC 1939 §7: USER and PASS have one argument, which may contain spaces
      case "USER" -> text(rest.strip(), "a name", Pop3Command.User::new);
      case "PASS" -> text(rest, "a password", Pop3Command.Pass::new);
      case "AUTH" -> auth(rest.strip());
      case "STAT" -> alone(rest, new Pop3Command.Stat());
      case "LIST" -> perhapsNumber(rest.strip(), Pop3Command.ListMessages::new);
      case "UIDL" -> perhapsNumber(rest.strip(), Pop3Command.Uidl::new);
      case "RETR" -> number(rest.strip(), Pop3Command.Retr::new);
      case "DELE" -> number(rest.strip(), Pop3Command.Dele::new);
      case "TOP" -> top(rest.strip());
      case "RSET" -> alone(rest, new Pop3Command.Rset());
      case "NOOP" -> alone(rest, new Pop3Command.Noop());
      case "QUIT" -> alone(rest, new Pop3Command.Quit());
      default -> new Malformed("unknown command");
    };
  }

  private static Pop3Command alone(String rest, Pop3Command command) {
    return rest.isBlank() ? command : new Malformed("that command has no arguments");
  }

  private static Pop3Command text(String rest, String what, Function<String, Pop3Command> command) {
    return rest.isEmpty() ? new Malformed(what + " is missing") : command.apply(rest);
  }

  private static Pop3Command number(String rest, IntFunction<Pop3Command> command) {
    return NUMBER.matcher(rest).matches()
        ? command.apply(Integer.parseInt(rest))
        : new Malformed("the number of a message is missing");
  }

  private static Pop3Command perhapsNumber(
      String rest, Function<OptionalInt, Pop3Command> command) {
    return rest.isEmpty()
        ? command.apply(OptionalInt.empty())
        : number(rest, value -> command.apply(OptionalInt.of(value)));
  }

  private static Pop3Command top(String rest) {
    var arguments = rest.split(" +");
    if (arguments.length != 2 || !NUMBER.matcher(arguments[1]).matches()) {
      return new Malformed("the numbers of a message and of lines are missing");
    }
    int lines = Integer.parseInt(arguments[1]);
    return number(arguments[0], message -> new Pop3Command.Top(message, lines));
  }

  private static Pop3Command lang(String rest) {
    if (rest.isEmpty()) {
      return new Pop3Command.Lang(Optional.empty());
    }
    return LANGUAGE_RANGE.matcher(rest).matches()
        ? new Pop3Command.Lang(Optional.of(rest.toLowerCase(Locale.ROOT)))
        : new Malformed("that is no language");
  }

  private static Pop3Command auth(String rest) {
    if (rest.isEmpty()) {
      return new Pop3Command.AuthList();
    }
    var arguments = rest.split(" +");
    if (arguments.length > 2 || !MECHANISM.matcher(arguments[0]).matches()) {
      return new Malformed("a mechanism and perhaps an initial response, nothing more");
    }
    var initial = arguments.length == 2 ? Optional.of(arguments[1]) : Optional.<String>empty();
    return new Pop3Command.Auth(arguments[0], initial);
  }
}
