package dev.postroom.imap;

import dev.postroom.imap.syntax.SearchKey;
import dev.postroom.search.Findings;
import dev.postroom.search.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds messages in a folder. Every message is judged by what costs least: first by what the
 * session knows, then by kept headers, and only what is still open by its blob.
 */
final class MessageSearch {
  private static final int BATCH = 128;

  private final ImapSession session;
  private final SelectedFolder folder;
  private final Progress progress;
  private final BitSet found = new BitSet();

  MessageSearch(ImapSession session, SelectedFolder folder, Progress progress) {
    this.session = session;
    this.folder = folder;
    this.progress = progress;
  }

  /** Message numbers, ascending. */
  int[] find(SearchKey key) throws IOException, NoSuchMessageException {
    var now = session.services().clock.instant();
    var judge = SearchJudge.of(key, new SearchScope(folder, now, this::findings));
    var open = new ArrayList<SearchCandidate>();
    var flags = folder.currentFlags();
    var fields = session.services().fieldTexts;
    int first = folder.limit().firstSearched(key, folder.numbers());
    for (int number = first; number <= folder.numbers().count(); number++) {
      if (!flags.isExpunged(number)) {
        sort(SearchCandidate.of(number, folder.numbers(), flags, fields), judge, open);
      }
      if (open.size() == BATCH) {
        look(open, judge);
        open.clear();
        progress.at(number - first, folder.numbers().count() - first + 1);
      }
    }
    look(open, judge);
    return found.stream().toArray();
  }

  private Findings findings(String text) {
    return session
        .services()
        .textIndex
        .find(new Folder(folder.mailbox().mailboxId(), folder.id()), text);
  }

  private void sort(SearchCandidate candidate, SearchJudge judge, List<SearchCandidate> open)
      throws IOException {
    switch (judge.judge(candidate)) {
      case YES -> found.set(candidate.number());
      case NO -> {
        // not this one
      }
      case OPEN -> open.add(candidate);
    }
  }

  /** Judges a batch by its headers, then what is left by blobs. */
  private void look(List<SearchCandidate> candidates, SearchJudge judge) throws IOException {
    if (candidates.isEmpty()) {
      return;
    }
    var headers = folder.mailbox().headers(contentIds(candidates));
    var open = new ArrayList<SearchCandidate>();
    for (var candidate : candidates) {
      sort(candidate.with(headers.get(candidate.contentId())), judge, open);
    }
    if (!open.isEmpty()) {
      lookIntoBlobs(open, judge);
    }
  }

  private static Set<Long> contentIds(List<SearchCandidate> candidates) {
    return candidates.stream().map(SearchCandidate::contentId).collect(Collectors.toSet());
  }

  private void lookIntoBlobs(List<SearchCandidate> candidates, SearchJudge judge)
      throws IOException {
    var ids = contentIds(candidates);
    var summaries = folder.mailbox().summaries(ids);
    var blobs = folder.mailbox().blobs(ids);
    for (var candidate : candidates) {
      var summary = summaries.get(candidate.contentId());
      if (summary == null) {
        continue; // expunged meanwhile
      }
      var blob = blobs.get(candidate.contentId());
      try (var octets = new MessageOctets(session.services().blobs, blob)) {
        if (judge.judge(candidate.with(summary.body(), octets)) == Verdict.YES) {
          found.set(candidate.number());
        }
      }
    }
  }
}
