package dev.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/domains", "/mailboxes?q=a%20b&page=2", "/a/b/../c"})
  void pathsOfThisHostAreKept(String path) {
    assertThat(LocalPath.of(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "domains",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        " /domains",
        "/%zz"
      })
  void whatMightLeadElsewhereLeadsHome(String path) {
    assertThat(LocalPath.of(path)).isEqualTo("/");
  }
}
