package dev.postroom.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.web.Form;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
  private static Form typed(String number, String unit) {
    return Form.empty().with("quota", number).with("quotaUnit", unit);
  }

  @ParameterizedTest
  @CsvSource({
    "1, GB, 1073741824",
    "0.5, GB, 536870912",
    "'0,5', GB, 536870912",
    "100, MB, 104857600",
    "1, other, 1073741824"
  })
  void aNumberAndItsUnitAreRead(String number, String unit, long octets) {
    assertThat(Sizes.read(typed(number, unit), "quota")).isEqualTo(octets);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "0", "-1", "much", "1e999999999", "99999999999", "1 GB"})
  void whatIsNoSizeIsTurnedDownAtItsField(String number) {
    assertThatExceptionOfType(DirectoryProblem.class)
        .isThrownBy(() -> Sizes.read(typed(number, "GB"), "quota"))
        .matches(problem -> problem.field().equals("quota"));
  }

  @Property
  void whatIsShownIsReadAsTheSame(@ForAll @LongRange(min = 1, max = 1 << 20) long megabytes) {
    var form = Sizes.put(Form.empty(), "quota", megabytes << 20);
    assertThat(Sizes.read(form, "quota")).isEqualTo(megabytes << 20);
  }
}
