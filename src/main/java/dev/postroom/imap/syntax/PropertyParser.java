package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.PropertyCommand.DeleteAcl;
import dev.postroom.imap.syntax.PropertyCommand.GetAcl;
import dev.postroom.imap.syntax.PropertyCommand.GetQuota;
import dev.postroom.imap.syntax.PropertyCommand.GetQuotaRoot;
import dev.postroom.imap.syntax.PropertyCommand.ListRights;
import dev.postroom.imap.syntax.PropertyCommand.MyRights;
import dev.postroom.imap.syntax.PropertyCommand.SetAcl;
import dev.postroom.imap.syntax.PropertyCommand.SetQuota;

/** The arguments of the commands on quota (RFC 9208 §7) and on rights (RFC 4314 §7). */
final class PropertyParser {
  private final Tokens in;

  private PropertyParser(Tokens in) {
    this.in = in;
  }

  static PropertyCommand parse(String verb, Tokens in) throws ImapSyntaxException {
    return new PropertyParser(in).command(verb);
  }

  private PropertyCommand command(String verb) throws ImapSyntaxException {
    return switch (verb) {
      case "GETQUOTA" -> new GetQuota(text());
      case "GETQUOTAROOT" -> new GetQuotaRoot(folder());
      case "SETQUOTA" -> setQuota();
      case "SETACL" -> new SetAcl(folder(), text(), text());
      case "DELETEACL" -> new DeleteAcl(folder(), text());
      case "GETACL" -> new GetAcl(folder());
      case "LISTRIGHTS" -> new ListRights(folder(), text());
      case "MYRIGHTS" -> new MyRights(folder());
      case "GETMETADATA" -> MetadataParser.get(in);
      case "SETMETADATA" -> MetadataParser.set(in);
      default -> throw new IllegalArgumentException(verb);
    };
  }

  private SetQuota setQuota() throws ImapSyntaxException {
    var root = text();
    in.space();
    in.expect('(');
    while (!in.skip(')')) {
      in.atom();
      in.space();
      in.number();
      in.skip(' ');
    }
    return new SetQuota(root);
  }

  private String folder() throws ImapSyntaxException {
    in.space();
    return in.folder();
  }

  private String text() throws ImapSyntaxException {
    in.space();
    return Tokens.utf8(in.astring());
  }
}
