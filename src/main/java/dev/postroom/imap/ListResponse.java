package dev.postroom.imap;

import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.store.FolderInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LIST responses beside those of LIST itself (RFC 9051 §7.3.1, RFC 5465 §5.4). */
record ListResponse(ResponseWriter out) {

  /** Of a folder that the client has called by another name than its own (RFC 9051 §6.3.9.7). */
  void canonical(FolderInfo folder, boolean subscribed, String used) throws IOException {
    write(folder, folder.name(), subscribed, folder.name().equals(used) ? null : used);
  }

  /**
   * @param folder null when there is none of that name any more
   * @param oldName what it was called before, where that is to be told
   */
  void write(@Nullable FolderInfo folder, String name, boolean subscribed, @Nullable String oldName)
      throws IOException {
    out.raw("* LIST ").flags(attributes(folder, subscribed)).raw(" \"/\" ").folder(name);
    if (oldName != null) {
      out.raw(" (\"OLDNAME\" (").folder(oldName).raw("))");
    }
    out.crlf();
  }

  private static List<String> attributes(@Nullable FolderInfo folder, boolean subscribed) {
    var attributes = new ArrayList<String>();
    if (folder == null) {
      attributes.add("\\NonExistent");
    } else if (!FolderNamespace.isOthers(folder.name())) { // not known of those
      attributes.add(folder.hasChildren() ? "\\HasChildren" : "\\HasNoChildren");
    }
    if (subscribed) {
      attributes.add("\\Subscribed");
    }
    if (folder != null && folder.specialUse() != null) {
      attributes.add(folder.specialUse().attribute());
    }
    return attributes;
  }
}
