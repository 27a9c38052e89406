package dev.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SessionTokenTest {
  private final SessionToken token = SessionToken.next();

  @Test
  void eachTokenIsAnother() {
    assertThat(SessionToken.next()).isNotEqualTo(token);
    assertThat(token.value()).hasSize(43); // 32 octets in base64url
  }

  @Test
  void aFormTokenBelongsToItsSessionAlone() {
    assertThat(token.accepts(token.formToken())).isTrue();
    assertThat(token.accepts(SessionToken.next().formToken())).isFalse();
    assertThat(token.accepts("")).isFalse();
  }

  @Test
  void theFormTokenTellsNothingOfTheSession() {
    assertThat(token.formToken()).isNotEqualTo(token.value());
  }

  @Test
  void whatIsSealedCanBeReadWithTheSameTokenOnly() {
    var sealed = token.seal("the new password is plover");

    assertThat(token.open(sealed)).hasValue("the new password is plover");
    assertThat(SessionToken.next().open(sealed)).isEmpty();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("plover");
  }

  @Test
  void whatWasTamperedWithIsNotRead() {
    var sealed = token.seal("hello");
    sealed[sealed.length - 1] ^= 1;

    assertThat(token.open(sealed)).isEmpty();
    assertThat(token.open(new byte[3])).isEmpty();
  }

  @Test
  void itsTextIsNotInALog() {
    assertThat(token.toString()).doesNotContain(token.value());
  }
}
