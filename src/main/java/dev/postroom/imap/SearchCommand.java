package dev.postroom.imap;

import dev.postroom.imap.syntax.SelectedCommand.Search;
import dev.postroom.search.Findings;
import dev.postroom.search.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * SEARCH (RFC 3501 §6.4.4). Every message is judged by what costs least: first by what the session
 * knows, then by kept headers, and only what is still open by its blob.
 */
final class SearchCommand {
  private static final int BATCH = 128;

  private final ImapSession session;
  private final SelectedFolder folder;
  private final TreeSet<Integer> found = new TreeSet<>();

  SearchCommand(ImapSession session, SelectedFolder folder) {
    this.session = session;
    this.folder = folder;
  }

  Completion search(Search command) throws IOException, NoSuchMessageException {
    var judge = SearchJudge.of(command.key(), folder, this::findings);
    var open = new ArrayList<SearchCandidate>();
    var flags = folder.currentFlags();
    var fields = session.services().fieldTexts;
    int first = folder.limit().firstSearched(command.key(), folder.numbers());
    for (int number = first; number <= folder.numbers().count(); number++) {
      if (!flags.isExpunged(number)) {
        sort(SearchCandidate.of(number, folder.numbers(), flags, fields), judge, open);
      }
    }
    for (int from = 0; from < open.size(); from += BATCH) {
      look(open.subList(from, Math.min(from + BATCH, open.size())), judge);
    }
    tell(command.uid());
    return Completion.ok("SEARCH done");
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
      case YES -> found.add(candidate.number());
      case NO -> {
        // not this one
      }
      case OPEN -> open.add(candidate);
    }
  }

  /** Judges a batch by its headers, then what is left by blobs. */
  private void look(List<SearchCandidate> candidates, SearchJudge judge) throws IOException {
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
          found.add(candidate.number());
        }
      }
    }
  }

  private void tell(boolean uid) throws IOException {
    var out = session.out();
    out.raw("* SEARCH");
    for (int number : found) {
      out.raw(' ').number(uid ? folder.numbers().uid(number) : number);
    }
    out.crlf();
  }
}
