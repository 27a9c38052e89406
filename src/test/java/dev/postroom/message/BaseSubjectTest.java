package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseSubjectTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain|plain|false",
        "  two \t  spaces  |two spaces|false",
        "Re: plain|plain|true",
        "re : plain|plain|true",
        "RE[2]: plain|plain|true",
        "re [2] : plain|plain|true",
        "Fw: plain|plain|true",
        "FWD:plain|plain|true",
        "Re: Fwd: Re: plain|plain|true",
        "[list] Re: plain|plain|true",
        "[list] [other] plain|plain|false",
        "Re: [list] plain|plain|true",
        "[list] Re: [list] Re: plain|plain|true",
        "[only]|[only]|false",
        "[one] [two]|[two]|false",
        "Re: [only]|[only]|true",
        "plain (fwd)|plain|true",
        "plain (FWD) (fwd)  |plain|true",
        "[fwd: plain]|plain|true",
        "[Fwd: [fwd: Re: plain (fwd)]]|plain|true",
        "[list] [fwd: plain]|plain|true",
        "[fwd: plain] more|more|false",
        "reply|reply|false",
        "rex: plain|rex: plain|false",
        "Re|Re|false",
        "Re:||true",
        "(fwd)||true",
        "[fwd:]||true",
        "[a[b] plain|[a[b] plain|false",
        "[a]b] plain|b] plain|false",
        "Aw: plain|Aw: plain|false",
      })
  void theMarksOfRepliesAndListsAreTakenOff(String subject, String base, boolean isReply) {
    assertThat(BaseSubject.of(subject))
        .isEqualTo(new BaseSubject(base == null ? "" : base, isReply));
  }

  @Property(tries = 2000)
  void aBaseSubjectIsItsOwn(
      @ForAll @Chars({'r', 'e', ':', '[', ']', ' ', 'f', 'w', 'd', '('}) String s) {
    var base = BaseSubject.of(s).text();
    assertThat(BaseSubject.of(base).text()).isEqualTo(base);
  }

  @Test
  void aLongOneCostsNoTime() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (var piece :
              new String[] {"[a]", "[fwd:", "re:", "(fwd)", " ", "[", "re[", "[a] re[a]"}) {
            BaseSubject.of(piece.repeat(100_000) + "]".repeat(100_000));
          }
        });
  }

  @Test
  void whatIsTooLongIsCut() {
    assertThat(BaseSubject.of("x".repeat(BaseSubject.MAX_LENGTH + 1)).text())
        .hasSize(BaseSubject.MAX_LENGTH);
    assertThat(BaseSubject.of("x".repeat(BaseSubject.MAX_LENGTH)).text())
        .hasSize(BaseSubject.MAX_LENGTH);
  }

  @Test
  void textsAreComparedInTitleCaseAndDecomposed() {
    assertThat(CaseMap.of("stra\u00dfe")).isEqualTo("STRA\u00dfE");
    assertThat(CaseMap.of("\u00e9")).isEqualTo("E\u0301").isEqualTo(CaseMap.of("e\u0301"));
    assertThat(CaseMap.of("\u01c6")).isEqualTo("Dz\u030c"); // title case, not upper case
    assertThat(CaseMap.of("\uff21")).isEqualTo("A");
    assertThat(CaseMap.of("\u0430\u0431")).isEqualTo(CaseMap.of("\u0410\u0411"));
    assertThat(CaseMap.of("\uac01")).isEqualTo("\uac01"); // Hangul has no decomposition there
    assertThat(CaseMap.of("\ud801\udc28")).isEqualTo("\ud801\udc00");
    assertThat(CaseMap.of("\0\ud83da")).isEqualTo("\0\ud83dA");
    assertThat(CaseMap.ORDER.compare("\uffee", "\ud83d\ude00")).isNegative();
    assertThat(CaseMap.ORDER.compare("a", "ab")).isNegative();
    assertThat(CaseMap.ORDER.compare("", "a")).isNegative();
  }

  @Test
  void messageIdsAreTheSameHoweverTheyAreQuoted() {
    assertThat(MessageIds.in("<\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>"))
        .isEqualTo(MessageIds.in("<01KF8JCEOCBS0045PS@xxx.yyy.com>"))
        .containsExactly("01KF8JCEOCBS0045PS@xxx.yyy.com");
    assertThat(MessageIds.in("your mail <a@b> of <Monday> <c@d><e@f"))
        .containsExactly("a@b", "c@d");
    assertThat(MessageIds.in("<broken <a@b>, <@x> <y@>")).containsExactly("a@b");
    assertThat(MessageIds.in("no ids")).isEmpty();
    var longest = "x".repeat(MessageIds.MAX_LENGTH - 2) + "@y";
    assertThat(MessageIds.in("<" + longest + "> <x" + longest + ">")).containsExactly(longest);
  }
}
