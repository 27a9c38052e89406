package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

@PostroomTest
class PasswordsTest {
  @Inject Fixtures fixtures;
  @Inject Passwords passwords;

  @Test
  void generatedPasswordsAreStrongAndDifferent() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 50; i++) {
      var password = passwords.generate();
      assertThat(password).matches("([a-z2-9]{4}-){3}[a-z2-9]{4}");
      assertThat(passwords.weakness(password, List.of())).isEmpty();
      assertThat(seen.add(password)).isTrue();
    }
  }

  @Test
  void lengthHasEdges() {
    assertThat(passwords.weakness("x7#Kq2!vZ", List.of()))
        .contains("A password has at least 10 characters.");
    assertThat(passwords.weakness("x7#Kq2!vZp", List.of())).isEmpty();
    var longest = "x7#Kq2!vZp" + "lorem ipsum ".repeat(30);
    assertThat(passwords.weakness(longest.substring(0, Passwords.MAX_LENGTH), List.of())).isEmpty();
    assertThat(passwords.weakness(longest.substring(0, Passwords.MAX_LENGTH + 1), List.of()))
        .isPresent();
  }

  @Test
  void whatOthersGuessFirstIsWeak() {
    for (var weak : new String[] {"password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaa"}) {
      assertThat(passwords.weakness(weak, List.of())).as(weak).isPresent();
    }
    assertThat(passwords.weakness("x7#Kq2!\nvZp", List.of())).isPresent();
  }

  @Test
  void aPasswordIsNotMadeOfTheAddress() {
    var about = List.of("zacharias@wolkenkuckuck.example");
    assertThat(passwords.weakness("wolkenkuckuck1", List.of())).isEmpty();
    assertThat(passwords.weakness("wolkenkuckuck1", about)).isPresent();
    assertThat(passwords.weakness("zacharias@wolkenkuckuck.example", about)).isPresent();
  }

  @Test
  void aWeakPasswordIsNotSet() {
    var mailbox = fixtures.mailbox(fixtures.domain(), "ann");
    assertThatThrownBy(() -> passwords.setForMailbox(Viewer.SERVER, mailbox.id(), "password123"))
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(DirectoryProblem.Kind.INVALID);
              assertThat(problem.field()).isEqualTo("password");
            });
  }
}
