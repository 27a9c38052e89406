package dev.postroom.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8461 §3. */
class StsPolicyTest {
  private static final String GOOD =
      "version: STSv1\nmode: enforce\nmx: MX1.Example.net\nmx:*.example.org\nmax_age:86400\n";

  @Test
  void aPolicyIsReadWithEitherLineEnd() throws InvalidPolicyException {
    for (var text : List.of(GOOD, GOOD.replace("\n", "\r\n"), GOOD.strip(), "more: x\n" + GOOD)) {
      var policy = StsPolicy.parse(text);
      assertThat(policy.mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
      assertThat(policy.hosts()).containsExactly("mx1.example.net", "*.example.org");
      assertThat(policy.maxAge()).isEqualTo(Duration.ofDays(1));
    }
  }

  @Test
  void aStarIsExactlyOneLabel() throws InvalidPolicyException {
    var policy = StsPolicy.parse(GOOD);
    assertThat(policy.names("mx1.example.net")).isTrue();
    assertThat(policy.names("A.example.ORG")).isTrue();
    assertThat(policy.names("a.b.example.org")).isFalse();
    assertThat(policy.names("example.org")).isFalse();
    assertThat(policy.names("mx2.example.net")).isFalse();
  }

  @Test
  void anAgeWithoutMeasureIsAYear() throws InvalidPolicyException {
    assertThat(StsPolicy.parse(GOOD.replace("86400", "9999999999")).maxAge())
        .isEqualTo(Duration.ofSeconds(31_557_600));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version: STSv2\nmode: none\nmax_age: 1",
        "version: STSv1\nmode: none",
        "version: STSv1\nmode: none\nmax_age: -1",
        "version: STSv1\nmode: strict\nmx: a.example\nmax_age: 1",
        "version: STSv1\nmode: enforce\nmax_age: 1",
        "version: STSv1\nmode: enforce\nmx: a.*.example\nmax_age: 1",
        "version: STSv1\nmode: enforce\nmx: *\nmax_age: 1",
        "<html>hello</html>"
      })
  void whatIsNotAPolicyIsRefused(String text) {
    assertThatThrownBy(() -> StsPolicy.parse(text)).isInstanceOf(InvalidPolicyException.class);
  }

  @Test
  void aRecordHasAnIdAndIsAlone() {
    assertThat(StsRecord.of(List.of("v=STSv1; id=20260301T10")))
        .contains(new StsRecord("20260301T10"));
    assertThat(StsRecord.of(List.of("v=spf1 -all", "v=STSv1;id=1;"))).contains(new StsRecord("1"));
    assertThat(StsRecord.of(List.of("v=STSv1; id=1", "v=STSv1; id=2"))).isEmpty();
    assertThat(StsRecord.of(List.of("v=STSv1; id=a-b"))).isEmpty();
    assertThat(StsRecord.of(List.of("v=STSv10; id=1"))).isEmpty();
    assertThat(StsRecord.of(List.of("v=STSv1;"))).isEmpty();
  }
}
