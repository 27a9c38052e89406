package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FolderRightsTest {
  @Test
  void theRightsOfRfc2086StandForThoseThatTheyWereSplitInto() {
    assertThat(FolderRights.parse("lc").letters()).isEqualTo("lkx");
    assertThat(FolderRights.parse("dl").letters()).isEqualTo("lte");
    assertThat(FolderRights.parse("lk").lettersForClients()).isEqualTo("lkc");
    assertThat(FolderRights.parse("le").lettersForClients()).isEqualTo("led");
    assertThat(FolderRights.parse("lr").lettersForClients()).isEqualTo("lr");
  }

  @Test
  void noLetterIsPassedOver() {
    for (var letters : new String[] {"q", "lrQ", "L", "l r", "1"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> FolderRights.parse(letters));
    }
    assertThat(FolderRights.parse("")).isEqualTo(FolderRights.NONE);
  }

  @Test
  void rightsAreAddedAndTaken() {
    var read = FolderRights.parse("lr");
    assertThat(read.with(FolderRights.parse("d")).letters()).isEqualTo("lrte");
    assertThat(FolderRights.ALL.without(FolderRights.parse("cd")).letters()).isEqualTo("lrswipa");
    assertThat(FolderRights.ALL.letters()).isEqualTo("lrswipkxtea");
  }
}
