package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNamesTest {
  private static final int LEVELS = 3;

  @ParameterizedTest
  @CsvSource({
    "inbox, INBOX",
    "InBox/sub, INBOX/sub",
    "inboxes, inboxes",
    "a/inbox, a/inbox",
    "Entwu\u0308rfe, Entw\u00fcrfe",
    "a b, a b"
  })
  void oneFolderHasOneName(String written, String canonical) {
    assertThat(FolderNames.canonical(written)).isEqualTo(canonical);
    assertThat(FolderNames.forNew(written, LEVELS)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/a", "a//b", "a//", "a\u0000", "a\nb", "a*", "%", "\ud800", "\u2028"})
  void whatNoClientCouldAskForIsNoName(String name) {
    assertThatThrownBy(() -> FolderNames.forNew(name, LEVELS))
        .isInstanceOfSatisfying(
            StoreProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(StoreProblem.Kind.CANNOT));
  }

  @Test
  void aFinalSeparatorIsDropped() {
    assertThat(FolderNames.forNew("a/b/", LEVELS)).isEqualTo("a/b");
  }

  @Test
  void levelsAndOctetsHaveALimit() {
    assertThat(FolderNames.forNew("a/b/c", LEVELS)).isEqualTo("a/b/c");
    assertLimit("a/b/c/d");
    assertThat(FolderNames.forNew("x".repeat(512), LEVELS)).hasSize(512);
    assertLimit("x".repeat(513));
    assertThat(FolderNames.forNew("\u00e4".repeat(256), LEVELS)).hasSize(256);
    assertLimit("\u00e4".repeat(257));
  }

  private static void assertLimit(String name) {
    assertThatThrownBy(() -> FolderNames.forNew(name, LEVELS))
        .isInstanceOfSatisfying(
            StoreProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(StoreProblem.Kind.LIMIT));
  }

  @Test
  void theLevelsAboveAreNamedFromTheTop() {
    assertThat(FolderNames.above("a/b/c")).containsExactly("a", "a/b");
    assertThat(FolderNames.above("a")).isEmpty();
    assertThat(FolderNames.isBelow("a/b", "a")).isTrue();
    assertThat(FolderNames.isBelow("ab", "a")).isFalse();
    assertThat(FolderNames.isBelow("a", "a")).isFalse();
  }
}
