package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.PropertyCommand;
import dev.postroom.imap.syntax.PropertyCommand.DeleteAcl;
import dev.postroom.imap.syntax.PropertyCommand.GetAcl;
import dev.postroom.imap.syntax.PropertyCommand.GetMetadata;
import dev.postroom.imap.syntax.PropertyCommand.GetQuota;
import dev.postroom.imap.syntax.PropertyCommand.GetQuotaRoot;
import dev.postroom.imap.syntax.PropertyCommand.ListRights;
import dev.postroom.imap.syntax.PropertyCommand.MyRights;
import dev.postroom.imap.syntax.PropertyCommand.SetAcl;
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
      case SetAcl set -> new AclCommands(session, user).set(set);
      case DeleteAcl(var folder, var identifier) ->
          new AclCommands(session, user).delete(folder, identifier);
      case GetAcl(var folder) -> new AclCommands(session, user).get(folder);
      case ListRights(var folder, var identifier) ->
          new AclCommands(session, user).list(folder, identifier);
      case MyRights(var folder) -> new AclCommands(session, user).mine(folder);
      case GetMetadata get -> new MetadataCommands(session, user).get(get);
      case SetMetadata set -> new MetadataCommands(session, user).set(set);
    };
  }
}
