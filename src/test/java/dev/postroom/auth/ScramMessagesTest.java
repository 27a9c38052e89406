package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.auth.ScramMessages.MalformedException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramMessagesTest {
  @Test
  void theFirstMessageHasAHeaderANameAndANonce() throws MalformedException {
    var first = ScramMessages.first("p=tls-exporter,a=x=2Cy,n=a=3Db=2Cc,r=nonce,z=later");
    assertThat(first.header()).isEqualTo("p=tls-exporter,a=x=2Cy,");
    assertThat(first.flag()).isEqualTo('p');
    assertThat(first.bindingType()).isEqualTo("tls-exporter");
    assertThat(first.actor()).isEqualTo("x,y");
    assertThat(first.name()).isEqualTo("a=b,c");
    assertThat(first.nonce()).isEqualTo("nonce");
    assertThat(first.bare()).isEqualTo("n=a=3Db=2Cc,r=nonce,z=later");
    assertThat(ScramMessages.first("y,,n=u,r=n").bindingType()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n",
        "n,",
        "n,,",
        "n,,n=u",
        "n,,n=,r=x",
        "n,,n=u,r=",
        "n,,r=x,n=u",
        "z,,n=u,r=x",
        "p=,,n=u,r=x",
        "n,b=c,n=u,r=x",
        "n,,n=a=b,r=x",
        "n,,n=a=2c,r=x",
        "n,,n=u,r=\u00e4",
        "n,,n=u,r=a b",
        "n,,m=must,n=u,r=x",
        "n,,n=u\0,r=x",
        "p=tls_unique,,n=u,r=x"
      })
  void whatIsNoFirstMessageIsMalformed(String text) {
    assertThatThrownBy(() -> ScramMessages.first(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void theSecondMessageEndsWithTheProof() throws MalformedException {
    var last = ScramMessages.last("c=biws,r=nonce,x=y,p=AAAA");
    assertThat(last.unproven()).isEqualTo("c=biws,r=nonce,x=y");
    assertThat(last.binding()).isEqualTo("n,,".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(last.nonce()).isEqualTo("nonce");
    assertThat(last.proof()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c=biws",
        "c=biws,r=n",
        "c=biws,r=n,p=",
        "r=n,c=biws,p=AAAA",
        "c=biws,r=n,p=AAAA,x=y",
        "c=?,r=n,p=AAAA",
        "c=biws,r=n,p=?",
        "e=other-error"
      })
  void whatIsNoSecondMessageIsMalformed(String text) {
    assertThatThrownBy(() -> ScramMessages.last(text)).isInstanceOf(MalformedException.class);
  }

  @Property(tries = 2000)
  void anyTextIsAMessageOrMalformed(@ForAll @CharRange(from = '\0', to = '\u0100') String text) {
    for (var start : new String[] {"", "n,,", "n,,n=", "p=x,,n=a,r=", "c=", "c=biws,r=n,p="}) {
      try {
        ScramMessages.first(start + text);
        ScramMessages.last(start + text);
      } catch (MalformedException expected) {
        assertThat(expected).hasMessageMatching(".+");
      }
    }
  }

  @Test
  void aMessageFullOfCommasTakesNoLongerThanOthers() throws MalformedException {
    var commas = ",".repeat(8000);
    assertThat(ScramMessages.first("n,,n=u,r=x" + commas).nonce()).isEqualTo("x");
    assertThat(ScramMessages.last("c=biws,r=n" + commas + ",p=AAAA").nonce()).isEqualTo("n");
    assertThatThrownBy(() -> ScramMessages.first("n,,n=" + "a".repeat(8000) + ",r=x"))
        .isInstanceOf(MalformedException.class);
  }
}
