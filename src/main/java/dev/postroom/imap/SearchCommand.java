package dev.postroom.imap;

import dev.postroom.imap.syntax.SelectedCommand.Search;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * SEARCH (RFC 3501 §6.4.4). Every message is judged by what costs least: first by what the session
 * knows, then by index rows, then by kept headers, and only what is still open by its blob.
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
    var judge = SearchJudge.of(command.key(), folder);
    var open = new ArrayList<Integer>();
    for (int number = 1; number <= folder.numbers().count(); number++) {
      if (!folder.isExpunged(number)) {
        sort(number, judge.judge(SearchCandidate.of(number, folder.numbers())), open);
      }
    }
    for (int from = 0; from < open.size(); from += BATCH) {
      look(open.subList(from, Math.min(from + BATCH, open.size())), judge);
    }
    tell(command.uid());
    return Completion.ok("SEARCH done");
  }

  private void sort(int number, Verdict verdict, List<Integer> open) {
    switch (verdict) {
      case YES -> found.add(number);
      case NO -> {
        // not this one
      }
      case OPEN -> open.add(number);
    }
  }

  /** Judges a batch by its rows, then what is left by headers, then what is left by blobs. */
  private void look(List<Integer> numbers, SearchJudge judge) throws IOException {
    var mailbox = folder.mailbox();
    var candidates = new ArrayList<SearchCandidate>();
    for (var row : mailbox.messages(folder.id(), uids(numbers))) {
      int number = folder.numbers().number(row.uid());
      candidates.add(SearchCandidate.of(number, folder.numbers()).with(row));
    }
    var open = stillOpen(candidates, judge);
    if (!open.isEmpty()) {
      var headers = mailbox.headers(contentIds(open));
      open.replaceAll(candidate -> candidate.with(headers.get(candidate.contentId())));
      open = stillOpen(open, judge);
    }
    if (!open.isEmpty()) {
      lookIntoBlobs(open, judge);
    }
  }

  private UidSet uids(List<Integer> numbers) {
    return folder.uids(numbers.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Set<Long> contentIds(List<SearchCandidate> candidates) {
    return candidates.stream().map(SearchCandidate::contentId).collect(Collectors.toSet());
  }

  private List<SearchCandidate> stillOpen(List<SearchCandidate> candidates, SearchJudge judge)
      throws IOException {
    var open = new ArrayList<SearchCandidate>();
    for (var candidate : candidates) {
      switch (judge.judge(candidate)) {
        case YES -> found.add(candidate.number());
        case NO -> {
          // not this one
        }
        case OPEN -> open.add(candidate);
      }
    }
    return open;
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
