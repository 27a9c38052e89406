package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.PropertyCommand.GetMetadata;
import dev.postroom.imap.syntax.PropertyCommand.SetMetadata;
import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.store.Annotation;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.SpecialUse;
import dev.postroom.store.StoreProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * RFC 5464: annotations on folders and on the server. What is computed stands among them: {@code
 * /private/specialuse} (RFC 6154 §4) and {@code /shared/admin}.
 */
record MetadataCommands(ImapSession session, User user) {
  private static final String SPECIAL_USE = "/private/specialuse";
  private static final String ADMINISTRATOR = "/shared/admin";

  /** What is told of one entry: its value, if it is short enough. */
  private record Told(long size, byte @Nullable [] value) {}

  Completion get(GetMetadata command) throws IOException {
    var query = new Annotation.Query(command.entries(), command.depth(), command.maxSize());
    var found = command.folder().isEmpty() ? null : existing(command.folder());
    var folder = found == null ? null : found.folder();
    long id = folder == null ? Annotation.SERVER : folder.id();
    var mailbox = found == null ? user.mailbox() : found.mailbox();
    var stored = mailbox.annotations(user.viewer().mailboxId(), List.of(id), query);
    var told = told(folder, stored, query);
    write(command.folder(), told);
    long longest =
        told.values().stream()
            .filter(one -> one.value == null && one.size > 0)
            .mapToLong(Told::size)
            .max()
            .orElse(0);
    return longest > 0
        // RFC 5464 §4.2.1
        ? Completion.ok("METADATA LONGENTRIES " + longest, "GETMETADATA done")
        : Completion.ok("GETMETADATA done");
  }

  /** RFC 9590: one response for each folder of a LIST, from one query for all of a mailbox. */
  void list(List<FoundFolder> folders, Collection<String> entries) throws IOException {
    var query = new Annotation.Query(entries, 0, Long.MAX_VALUE);
    for (var ofOne : FoundFolder.byMailbox(folders)) {
      var ids = ofOne.stream().filter(MetadataCommands::mayAnnotate).map(FoundFolder::id).toList();
      var stored =
          ofOne.getFirst().mailbox().annotations(user.viewer().mailboxId(), ids, query).stream()
              .collect(Collectors.groupingBy(Annotation::folderId));
      for (var found : ofOne) {
        var its = stored.getOrDefault(found.id(), List.of());
        write(found.folder().name(), told(found.folder(), its, query));
      }
    }
  }

  /** RFC 5464 §3.3. */
  private static boolean mayAnnotate(FoundFolder found) {
    return found.rights().has(FolderRight.LOOKUP)
        && found
            .rights()
            .hasAny(
                FolderRight.READ,
                FolderRight.SEEN,
                FolderRight.WRITE,
                FolderRight.INSERT,
                FolderRight.POST);
  }

  private Map<String, Told> told(
      @Nullable FolderInfo folder, List<Annotation> stored, Annotation.Query query) {
    var told = new TreeMap<String, Told>();
    if (query.depth() == 0) {
      query.entries().forEach(entry -> told.put(entry, new Told(0, null)));
    }
    for (var one : stored) {
      told.put(one.entry(), new Told(one.size(), one.value()));
    }
    computed(folder)
        .filter(_ -> isAsked(folder == null ? ADMINISTRATOR : SPECIAL_USE, query))
        .ifPresent(value -> told.put(folder == null ? ADMINISTRATOR : SPECIAL_USE, told(value)));
    return told;
  }

  private static Told told(String value) {
    var octets = value.getBytes(StandardCharsets.UTF_8);
    return new Told(octets.length, octets);
  }

  private static boolean isAsked(String entry, Annotation.Query query) {
    // both lie right below /private or /shared: one level is enough
    return query.entries().contains(entry)
        || (query.depth() > 0
            && query.entries().contains(entry.substring(0, entry.lastIndexOf('/'))));
  }

  private Optional<String> computed(@Nullable FolderInfo folder) {
    return folder == null
        ? session.services().server.postmaster().map(address -> "mailto:" + address)
        : Optional.ofNullable(folder.specialUse()).map(SpecialUse::attribute);
  }

  /** What is longer than was asked for is left out; what does not exist is NIL. */
  private void write(String folder, Map<String, Told> told) throws IOException {
    told = new TreeMap<>(told);
    told.values().removeIf(one -> one.value == null && one.size > 0);
    if (told.isEmpty()) {
      return;
    }
    var out = session.out();
    out.raw("* METADATA ").folder(folder).raw(" (");
    var separator = "";
    for (var one : told.entrySet()) {
      out.raw(separator).astring(one.getKey()).raw(' ');
      write(one.getValue().value, out);
      separator = " ";
    }
    out.raw(')').crlf();
  }

  private static void write(byte @Nullable [] value, ResponseWriter out) throws IOException {
    if (value == null) {
      out.raw("NIL");
      return;
    }
    var text = new String(value, StandardCharsets.ISO_8859_1);
    if (text.indexOf('\0') >= 0) {
      out.raw('~').literal(value); // RFC 3516 §6: only a literal8 holds NULs
    } else {
      out.string(text);
    }
  }

  Completion set(SetMetadata command) {
    long maxSize = session.services().config.annotationSize().asLongValue();
    if (command.values().values().stream()
        .anyMatch(value -> value.filter(octets -> octets.length > maxSize).isPresent())) {
      return Completion.no("METADATA MAXSIZE " + maxSize, "a value is too long");
    }
    try {
      return command.folder().isEmpty()
          ? setOnServer(command)
          : setOn(existing(command.folder()), command);
    } catch (StoreProblem problem) {
      if (problem.kind() == StoreProblem.Kind.LIMIT) {
        return Completion.no("METADATA TOOMANY", String.valueOf(problem.getMessage()));
      }
      throw problem;
    }
  }

  /** RFC 5464 §3.3: what is shared on the server is nobody's to set here. */
  private Completion setOnServer(SetMetadata command) {
    if (command.values().keySet().stream().anyMatch(name -> name.startsWith(Annotation.SHARED))) {
      return Completion.no("NOPERM", "the server's shared annotations are not set here");
    }
    user.mailbox().annotate(user.viewer().mailboxId(), Annotation.SERVER, command.values());
    return Completion.ok("SETMETADATA done");
  }

  private Completion setOn(FoundFolder found, SetMetadata command) {
    if (command.values().keySet().stream().anyMatch(name -> name.startsWith(Annotation.SHARED))) {
      found.require(FolderRight.WRITE); // who may only read does not write to all
    }
    var values = new LinkedHashMap<>(command.values());
    var use = values.remove(SPECIAL_USE);
    long writer = user.viewer().mailboxId();
    if (use == null) {
      found.mailbox().annotate(writer, found.id(), values);
      return Completion.ok("SETMETADATA done");
    }
    var text = use.map(octets -> new String(octets, StandardCharsets.ISO_8859_1)).orElse("");
    var wanted = SpecialUse.named(text.strip());
    // RFC 6154 §4
    if (wanted.isEmpty() && !text.isBlank()) {
      return Completion.no("USEATTR", "a folder has one special use, and not that");
    }
    if (found.mailbox().mailboxId() != writer) {
      return Completion.no("USEATTR", "what another's folder is for, its owner says");
    }
    found.mailbox().annotate(writer, found.id(), values, wanted);
    return Completion.ok("SETMETADATA done");
  }

  private FoundFolder existing(String name) {
    var found = new FolderNamespace(session, user).existing(name, FolderRight.LOOKUP);
    if (!mayAnnotate(found)) {
      throw new StoreProblem(StoreProblem.Kind.NOPERM, "you have no right to do that here");
    }
    return found;
  }
}
