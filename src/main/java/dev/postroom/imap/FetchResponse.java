package dev.postroom.imap;

import dev.postroom.blob.Blobs;
import dev.postroom.imap.DecodedPart.UnknownEncodingException;
import dev.postroom.imap.FetchCommand.Known;
import dev.postroom.imap.SectionOctets.Absent;
import dev.postroom.imap.SectionOctets.Cut;
import dev.postroom.imap.SectionOctets.Decoded;
import dev.postroom.imap.SectionOctets.Held;
import dev.postroom.imap.syntax.Dates;
import dev.postroom.imap.syntax.FetchItem;
import dev.postroom.imap.syntax.FetchItem.Binary;
import dev.postroom.imap.syntax.FetchItem.BinarySize;
import dev.postroom.imap.syntax.FetchItem.Content;
import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.message.MessageSummary;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One FETCH response (RFC 3501 §7.4.2). */
record FetchResponse(
    ResponseWriter out, SelectedFolder folder, CurrentFlags flags, Blobs blobs, Known message) {
  private static final FetchItem FLAGS = new FetchItem.Flags();
  private static final FetchItem MODSEQ = new FetchItem.ModSeq();
  private static final FetchItem UID = new FetchItem.Uid();

  private MessageNumbers numbers() {
    return folder.numbers();
  }

  /**
   * @param flagsChanged because the message was fetched
   * @throws NoSuchFileException before anything is written, when the blob is not there
   * @throws UnknownEncodingException before anything is written, when a part cannot be decoded
   */
  void write(List<FetchItem> items, boolean flagsChanged)
      throws IOException, UnknownEncodingException {
    try (var octets = new MessageOctets(blobs, message.blob())) {
      // Found before the first octet is written: what fails here leaves no torn response.
      var sections =
          new FoundSections(new SectionFinder(message.summary(), message.header(), octets));
      sections.find(items);
      long modSeq = flags.modSeq(message.number()); // before the flags, which may become newer
      folder.beginFetch(message.number(), out);
      boolean first = true;
      for (var item : items) {
        out.raw(first ? "" : " ");
        first = false;
        write(item, modSeq, sections, octets);
      }
      if (flagsChanged) {
        for (var more : toldOfChanges(items)) {
          out.raw(' ');
          write(more, modSeq, sections, octets);
        }
      }
      out.raw(')').crlf();
    }
  }

  /** What comes with flags that have changed and was not asked for. */
  private List<FetchItem> toldOfChanges(List<FetchItem> items) {
    var more = new ArrayList<FetchItem>();
    more.add(FLAGS);
    if (folder.tellsUids() && !folder.tellsOnlyUids()) {
      more.add(UID);
    }
    if (folder.tellsModSeqs()) {
      more.add(MODSEQ);
    }
    more.removeAll(items);
    return more;
  }

  private void write(FetchItem item, long modSeq, FoundSections sections, MessageOctets octets)
      throws IOException, UnknownEncodingException {
    switch (item) {
      case FetchItem.Flags _ -> out.raw("FLAGS ").flags(flags.of(message.number()));
      case FetchItem.Uid _ -> out.raw("UID ").number(numbers().uid(message.number()));
      case FetchItem.InternalDate _ ->
          out.raw("INTERNALDATE \"")
              .raw(Dates.format(numbers().internalDate(message.number())))
              .raw('"');
      case FetchItem.Size _ -> out.raw("RFC822.SIZE ").number(numbers().size(message.number()));
      case FetchItem.EmailId _ ->
          out.raw("EMAILID (")
              .raw(ObjectIds.message(numbers().contentId(message.number())))
              .raw(')');
      case FetchItem.ThreadId _ -> out.raw("THREADID NIL");
      case FetchItem.SaveDate _ ->
          out.raw("SAVEDATE \"").raw(Dates.format(present(message.saved()))).raw('"');
      case FetchItem.ModSeq _ -> out.raw("MODSEQ (").number(modSeq).raw(')');
      case FetchItem.Envelope _ -> out.raw("ENVELOPE ").octets(present(message.envelope()));
      case FetchItem.Structure(var extended) -> {
        out.raw(extended ? "BODYSTRUCTURE " : "BODY ");
        new StructureWriter(out).part(summary().body(), extended);
      }
      case Content content -> {
        out.raw(content.label()).raw(' ');
        write(sections.of(content), octets);
      }
      case Binary binary -> {
        var section = sections.of(binary);
        // RFC 3516 §7 literal8: it may hold NUL
        out.raw(binary.label()).raw(section instanceof Absent ? " " : " ~");
        write(section, octets);
      }
      case FetchItem.Preview(var lazy) -> out.raw("PREVIEW ").textOrNil(preview(lazy));
      case BinarySize size -> out.raw(size.label()).raw(' ').number(sections.of(size).size());
    }
  }

  private void write(SectionOctets section, MessageOctets octets) throws IOException {
    switch (section) {
      case Absent _ -> out.raw("NIL");
      case Held(var held, var offset, var length) -> out.literal(held, offset, length);
      case Cut(var offset, var length) -> {
        try (var in = octets.read(offset, length)) {
          out.literal(in, length);
        }
      }
      case Decoded(var fields, var raw, var skipped, var length) -> {
        try (var in = DecodedPart.stream(fields, raw, octets)) {
          in.skipNBytes(skipped);
          out.literal(in, length);
        }
      }
    }
  }

  /** RFC 8970 §3.2: NIL only for LAZY; where none can be made it is empty. */
  private @Nullable String preview(boolean lazy) {
    return message.preview() == null && !lazy ? "" : message.preview();
  }

  private MessageSummary summary() {
    return present(message.summary());
  }

  private static <T> T present(@Nullable T known) {
    return Objects.requireNonNull(known, "asked of the index before");
  }
}
