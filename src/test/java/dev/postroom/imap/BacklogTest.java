package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.store.MailboxNotice;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BacklogTest {
  @Test
  void eachEntryOfAnAnnotationCountsOnce() {
    var backlog = new Backlog();
    backlog.add(new MailboxNotice.Annotated(7, Set.of("/private/a", "/private/b")));
    backlog.add(new MailboxNotice.Annotated(7, Set.of("/private/b", "/private/c")));
    backlog.add(new MailboxNotice.Annotated(8, Set.of("/private/a")));
    assertThat(backlog.size()).isEqualTo(4);
    backlog.add(new MailboxNotice.Messages(7));
    backlog.add(new MailboxNotice.Messages(7));
    assertThat(backlog.size()).isEqualTo(5);
  }
}
