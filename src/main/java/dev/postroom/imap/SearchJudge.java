package dev.postroom.imap;

import dev.postroom.imap.syntax.SearchKey;
import dev.postroom.imap.syntax.SearchKey.When;
import dev.postroom.imap.syntax.SequenceSet;
import dev.postroom.message.CaseMap;
import dev.postroom.message.Headers;
import dev.postroom.message.MessageDate;
import dev.postroom.message.TextSearch;
import dev.postroom.search.Finding;
import dev.postroom.search.Findings;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Judges messages by a search key, prepared once for all of them. */
@FunctionalInterface
interface SearchJudge {
  Verdict judge(SearchCandidate message) throws IOException;

  static SearchJudge of(SearchKey key, SearchScope scope) throws NoSuchMessageException {
    return switch (key) {
      case SearchKey.All _ -> _ -> Verdict.YES;
      case SearchKey.Numbers(var set) -> among(numbers(set, scope.folder()));
      case SearchKey.Uids(var set) -> among(scope.folder().all(set, true));
      case SearchKey.HasFlag(var flag) -> known(message -> hasFlag(message.flags(), flag));
      case SearchKey.Arrived(var when, var date) ->
          known(
              message ->
                  is(message.internalDate().atZone(ZoneOffset.UTC).toLocalDate(), when, date));
      // RFC 5032 §3: the very moment belongs to both
      case SearchKey.Older(var age) -> {
        var latest = scope.now().minus(age);
        yield known(message -> !message.internalDate().isAfter(latest));
      }
      case SearchKey.Younger(var age) -> {
        var earliest = scope.now().minus(age);
        yield known(message -> !message.internalDate().isBefore(earliest));
      }
      case SearchKey.Larger(var octets) -> known(message -> message.size() > octets);
      case SearchKey.Smaller(var octets) -> known(message -> message.size() < octets);
      case SearchKey.Saved(var when, var date) -> {
        var uids = saved(when, date, scope.folder());
        yield known(message -> uids.contains(message.uid()));
      }
      case SearchKey.EmailId(var id) ->
          known(message -> ObjectIds.message(message.contentId()).equals(id));
      case SearchKey.ModSeq(var atLeast) -> known(message -> message.modSeq() >= atLeast);
      case SearchKey.Sent(var when, var date) -> byHeaders(headers -> isSent(headers, when, date));
      case SearchKey.Header(var name, var text) -> inField(name, text);
      case SearchKey.Body(var text) -> inBody(new TextSearch(text), scope.index().apply(text));
      case SearchKey.Text(var text) -> inText(new TextSearch(text), scope.index().apply(text));
      case SearchKey.Not(var inner) -> {
        var judge = of(inner, scope);
        yield message -> judge.judge(message).not();
      }
      case SearchKey.Or(var left, var right) -> any(List.of(of(left, scope), of(right, scope)));
      case SearchKey.And(var keys) -> {
        var judges = new ArrayList<SearchJudge>();
        for (var each : keys) {
          judges.add(of(each, scope));
        }
        yield all(judges);
      }
    };
  }

  /** RFC 8514 §4.3: in the time zone of the internal date. */
  private static UidSet saved(When when, LocalDate date, SelectedFolder folder) {
    var from = when == When.BEFORE ? LocalDate.EPOCH : date;
    var to =
        switch (when) {
          case BEFORE -> date;
          case ON -> date.plusDays(1);
          case SINCE -> LocalDate.of(9999, 12, 31);
        };
    return folder
        .mailbox()
        .savedBetween(
            folder.id(),
            from.atStartOfDay(ZoneOffset.UTC).toInstant(),
            to.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** RFC 7377 §2: numbers beyond the last message are no error, and no message has them. */
  private static int[] numbers(SequenceSet set, SelectedFolder folder)
      throws NoSuchMessageException {
    return set.isSaved() ? folder.all(set, false) : folder.numbers().ofNumbers(set);
  }

  private static SearchJudge among(int[] numbers) {
    var set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return message -> Verdict.of(set.get(message.number()));
  }

  /** System flags and keywords are the same in any case of letters. */
  private static boolean hasFlag(Set<String> flags, String wanted) {
    return flags.contains(wanted) || flags.stream().anyMatch(wanted::equalsIgnoreCase);
  }

  private static boolean is(LocalDate day, When when, LocalDate date) {
    return switch (when) {
      case BEFORE -> day.isBefore(date);
      case ON -> day.equals(date);
      case SINCE -> !day.isBefore(date);
    };
  }

  private static boolean isSent(Headers headers, When when, LocalDate date) {
    return headers
        .value("Date")
        .flatMap(MessageDate::dayWritten)
        .map(day -> is(day, when, date))
        .orElse(false);
  }

  private static SearchJudge known(Predicate<SearchCandidate> test) {
    return message -> Verdict.of(test.test(message));
  }

  private static SearchJudge byHeaders(Predicate<Headers> test) {
    return message -> open(message.headers(), test);
  }

  private static <T> Verdict open(@Nullable T known, Predicate<T> test) {
    return known == null ? Verdict.OPEN : Verdict.of(test.test(known));
  }

  private static SearchJudge inField(String name, String text) {
    int field = FieldTexts.indexOf(name);
    if (field >= 0 && text.indexOf('\n') < 0) {
      var folded = CaseMap.of(text);
      return message -> open(message.fieldTexts(), texts -> texts.has(field, folded));
    }
    var search = new TextSearch(text);
    return byHeaders(
        headers -> headers.all(name).stream().anyMatch(one -> search.isIn(one.text())));
  }

  private static SearchJudge inBody(TextSearch text, Findings findings) {
    return knownOr(findings::inBody, inBody(text));
  }

  private static SearchJudge inText(TextSearch text, Findings findings) {
    return knownOr(findings::inText, any(List.of(byHeaders(text::isIn), inBody(text))));
  }

  private static SearchJudge inBody(TextSearch text) {
    return message -> {
      var body = message.body();
      var octets = message.octets();
      return body == null || octets == null
          ? Verdict.OPEN
          : Verdict.of(text.isIn(body, octets::read));
    };
  }

  private static SearchJudge knownOr(LongFunction<Finding> index, SearchJudge judge) {
    return message ->
        switch (index.apply(message.uid())) {
          case YES -> Verdict.YES;
          case NO -> Verdict.NO;
          case UNKNOWN -> judge.judge(message);
        };
  }

  private static SearchJudge any(List<SearchJudge> judges) {
    return message -> {
      var verdict = Verdict.NO;
      for (var judge : judges) {
        var one = judge.judge(message);
        if (one == Verdict.YES) {
          return one;
        }
        verdict = one == Verdict.OPEN ? one : verdict;
      }
      return verdict;
    };
  }

  private static SearchJudge all(List<SearchJudge> judges) {
    return message -> {
      var verdict = Verdict.YES;
      for (var judge : judges) {
        var one = judge.judge(message);
        if (one == Verdict.NO) {
          return one;
        }
        verdict = one == Verdict.OPEN ? one : verdict;
      }
      return verdict;
    };
  }
}
