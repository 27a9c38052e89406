package dev.postroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  private static String printed(Table table) {
    var out = new StringWriter();
    table.print(new PrintWriter(out));
    return out.toString();
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    var table = new Table("ID", "TO").row("4711", "a@b.example").row("1", "c@d.example");
    assertThat(printed(table).lines())
        .containsExactly("ID    TO", "4711  a@b.example", "1     c@d.example");
  }

  @Test
  void whatAServerSaidDoesNotSpeakToTheTerminal() {
    assertThat(Table.plain("550 \u001b[2Jgone\r\n\u009b31m\u202e"))
        .isEqualTo("550 ?[2Jgone???31m?");
  }

  @Test
  void aLongCellIsCut() {
    assertThat(printed(new Table("X").row("y".repeat(500)))).hasSizeLessThan(100);
  }
}
