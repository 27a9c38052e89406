package dev.postroom.imap;

import dev.postroom.imap.DecodedPart.UnknownEncodingException;
import dev.postroom.imap.SectionOctets.Cut;
import dev.postroom.imap.SectionOctets.Held;
import dev.postroom.imap.syntax.BodySection;
import dev.postroom.imap.syntax.FetchItem;
import dev.postroom.imap.syntax.FetchItem.Binary;
import dev.postroom.imap.syntax.FetchItem.BinarySize;
import dev.postroom.imap.syntax.FetchItem.Content;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sections of one FETCH response, each found once, however many partials of it are asked for.
 * Those that would make it hold too much are found again when they are written.
 */
final class FoundSections {
  /** So much is held for one response. */
  static final long MAX_HELD = 4 * 1024 * 1024;

  private final SectionFinder finder;
  private final Map<BodySection, SectionOctets> plain = new HashMap<>();
  private final Map<List<Integer>, SectionOctets> decoded = new HashMap<>();
  private long held;

  FoundSections(SectionFinder finder) {
    this.finder = finder;
  }

  /** Finds what the items need, so that what fails does so before anything is written. */
  void find(List<FetchItem> items) throws IOException, UnknownEncodingException {
    for (var item : items) {
      if (item instanceof Content content) {
        open(of(content));
      } else if (item instanceof Binary binary) {
        open(of(binary));
      } else if (item instanceof BinarySize size) {
        open(of(size));
      }
    }
  }

  private void open(SectionOctets section) throws IOException {
    if (section instanceof Cut) {
      finder.octets().size(); // opens the blob
    }
  }

  SectionOctets of(Content item) throws IOException {
    var section = plain.get(item.section());
    if (section == null) {
      section = finder.find(item.section());
      keep(plain, item.section(), section);
    }
    return section.partial(item.partial());
  }

  SectionOctets of(Binary item) throws IOException, UnknownEncodingException {
    return decoded(item.path()).partial(item.partial());
  }

  SectionOctets of(BinarySize item) throws IOException, UnknownEncodingException {
    return decoded(item.path());
  }

  private SectionOctets decoded(List<Integer> path) throws IOException, UnknownEncodingException {
    var section = decoded.get(path);
    if (section == null) {
      section = finder.findDecoded(path);
      keep(decoded, path, section);
    }
    return section;
  }

  private <K> void keep(Map<K, SectionOctets> found, K key, SectionOctets section) {
    long more = section instanceof Held ? section.size() : 0;
    if (held + more <= MAX_HELD) {
      held += more;
      found.put(key, section);
    }
  }
}
