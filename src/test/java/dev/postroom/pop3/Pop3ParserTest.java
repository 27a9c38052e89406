package dev.postroom.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pop3ParserTest {
  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("CAPA", new Pop3Command.Capa()),
        Arguments.of("capa  ", new Pop3Command.Capa()),
        Arguments.of("STLS", new Pop3Command.Stls()),
        Arguments.of("USER ann@alpha.test", new Pop3Command.User("ann@alpha.test")),
        Arguments.of("user  ann ", new Pop3Command.User("ann")),
        Arguments.of("USER grün@alpha.test", new Pop3Command.User("grün@alpha.test")),
        Arguments.of("PASS secret", new Pop3Command.Pass("secret")),
        Arguments.of("PASS two words ", new Pop3Command.Pass("two words ")),
        Arguments.of("PASS  leading", new Pop3Command.Pass(" leading")),
        Arguments.of("AUTH", new Pop3Command.AuthList()),
        Arguments.of("AUTH plain", new Pop3Command.Auth("plain", Optional.empty())),
        Arguments.of("AUTH PLAIN =", new Pop3Command.Auth("PLAIN", Optional.of("="))),
        Arguments.of("AUTH PLAIN AGEA", new Pop3Command.Auth("PLAIN", Optional.of("AGEA"))),
        Arguments.of("STAT", new Pop3Command.Stat()),
        Arguments.of("LIST", new Pop3Command.ListMessages(OptionalInt.empty())),
        Arguments.of("LIST 7", new Pop3Command.ListMessages(OptionalInt.of(7))),
        Arguments.of("UIDL", new Pop3Command.Uidl(OptionalInt.empty())),
        Arguments.of("UIDL 1 ", new Pop3Command.Uidl(OptionalInt.of(1))),
        Arguments.of("RETR 999999999", new Pop3Command.Retr(999_999_999)),
        Arguments.of("RETR 00000000001", new Pop3Command.Retr(1)),
        Arguments.of("TOP 1 0", new Pop3Command.Top(1, 0)),
        Arguments.of("TOP  1  10", new Pop3Command.Top(1, 10)),
        Arguments.of("DELE 0", new Pop3Command.Dele(0)),
        Arguments.of("RSET", new Pop3Command.Rset()),
        Arguments.of("NoOp", new Pop3Command.Noop()),
        Arguments.of("QUIT", new Pop3Command.Quit()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void readsEveryCommand(String line, Pop3Command command) {
    assertThat(Pop3Parser.parse(line)).isEqualTo(command);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        " ",
        "APOP ann 0123",
        "STATS",
        " STAT",
        "STAT 1",
        "QUIT now",
        "USER",
        "USER ",
        "PASS",
        "PASS ",
        "RETR",
        "RETR one",
        "RETR -1",
        "RETR 1 2",
        "RETR 1000000000",
        "TOP",
        "TOP 1",
        "TOP 1 x",
        "TOP 1 2 3",
        "DELE",
        "LIST x",
        "AUTH PLAIN a b",
        "AUTH PL@IN",
        "AUTH =",
        "NOOP\r",
        "US\0ER ann",
        "USER a\tb"
      })
  void answersNonsenseInWords(String line) {
    assertThat(Pop3Parser.parse(line)).isInstanceOf(Pop3Command.Malformed.class);
  }

  @Property
  void neverThrows(@ForAll String line) {
    assertThat(Pop3Parser.parse(line)).isNotNull();
  }

  @Property
  void neverThrowsForArguments(@ForAll("verbs") String verb, @ForAll String rest) {
    assertThat(Pop3Parser.parse(verb + " " + rest)).isNotNull();
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> verbs() {
    return net.jqwik.api.Arbitraries.of(
        "USER", "PASS", "AUTH", "LIST", "UIDL", "RETR", "TOP", "DELE", "QUIT");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"PASS hunter2", "AUTH PLAIN hunter2"})
  void secretsAreNotPrinted(String line) {
    assertThat(Pop3Parser.parse(line).toString()).doesNotContain("hunter2");
  }
}
