package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.PropertyCommand;
import dev.postroom.imap.syntax.PropertyCommand.GetMetadata;
import dev.postroom.imap.syntax.PropertyCommand.GetQuota;
import dev.postroom.imap.syntax.PropertyCommand.GetQuotaRoot;
import dev.postroom.imap.syntax.PropertyCommand.SetMetadata;
import dev.postroom.imap.syntax.PropertyCommand.SetQuota;
import java.io.IOException;

/** On what belongs to folders beside their messages. */
record PropertyCommands(ImapSession session, User user) {

  Completion perform(PropertyCommand command) throws IOException {
    return switch (command) {
      case GetQuota(var root) -> new QuotaCommands(session, user).get(root);
      case GetQuotaRoot(var folder) -> new QuotaCommands(session, user).getRoot(folder);
      case SetQuota _ -> new QuotaCommands(session, user).set();
      case GetMetadata get -> new MetadataCommands(session, user).get(get);
      case SetMetadata set -> new MetadataCommands(session, user).set(set);
    };
  }
}
