package dev.postroom.imap;

import dev.postroom.imap.syntax.SelectedCommand.Search;
import dev.postroom.message.MessageSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * SEARCH (RFC 3501 §6.4.4). Every message is judged by what costs least: first by what the session
 * knows, then by index rows, then by kept headers, and only what is still open by its blob.
 */
final class SearchCommand {
  private static final int BATCH = 256;

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
    var uids = folder.uids(numbers.stream().mapToInt(Integer::intValue).toArray());
    var open = new ArrayList<SearchCandidate>();
    for (var row : mailbox.messages(folder.id(), uids)) {
      int number = folder.numbers().number(row.uid());
      var candidate = SearchCandidate.of(number, folder.numbers()).with(row);
      keepOpen(candidate, judge.judge(candidate), open);
    }
    if (open.isEmpty()) {
      return;
    }
    var contentIds = new HashSet<Long>();
    open.forEach(candidate -> contentIds.add(candidate.contentId()));
    var headers = mailbox.headers(contentIds);
    Map<Long, MessageSummary> summaries = mailbox.summaries(contentIds);
    for (var candidate : open) {
      lookCloser(candidate, headers, summaries, judge);
    }
  }

  private void keepOpen(SearchCandidate candidate, Verdict verdict, List<SearchCandidate> open) {
    switch (verdict) {
      case YES -> found.add(candidate.number());
      case NO -> {
        // not this one
      }
      case OPEN -> open.add(candidate);
    }
  }

  private void lookCloser(
      SearchCandidate candidate,
      Map<Long, byte[]> headers,
      Map<Long, MessageSummary> summaries,
      SearchJudge judge)
      throws IOException {
    long id = candidate.contentId();
    var summary = summaries.get(id);
    if (summary == null) {
      return; // expunged meanwhile
    }
    try (var octets = new MessageOctets(folder.mailbox(), id)) {
      var known = candidate.with(summary, headers.get(id), octets);
      var verdict = judge.judge(known);
      if (verdict == Verdict.OPEN) {
        verdict = judge.judge(known.withBlob());
      }
      if (verdict == Verdict.YES) {
        found.add(candidate.number());
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
