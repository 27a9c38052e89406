package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.outbound.Attempt;
import dev.postroom.outbound.Delivery;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReactionTest {
  private static Attempt deferred(String words) {
    return new Attempt.Deferred("mx.example.net", new EnhancedStatus(4, 0, 0), words);
  }

  private static Reaction toAttempt(String words) {
    return Reaction.to(new Delivery(List.of(deferred(words)), false));
  }

  private static Reaction toSilence(String words) {
    return Reaction.to(new Delivery(List.of(deferred(words)), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "421 4.7.0 Too many connections from your IP",
        "421 closing, try later",
        "450 4.7.1 Error: too much mail from 192.0.2.1",
        "451 4.7.1 you are sending too fast",
        "452 4.3.2 Connection rate limit exceeded",
        "421-4.7.28 Our system has detected an unusual rate of mail",
      })
  void aServerThatHasTooMuchOfUsIsHeard(String words) {
    assertThat(toAttempt(words)).isInstanceOf(Reaction.Strained.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "450 4.2.1 greylisted, try again later",
        "452 4.2.2 mailbox over quota, limit exceeded",
        "450 4.2.0 this mailbox is throttled",
        "452 4.5.3 too many recipients",
        "451 4.3.0 local problem",
        "connection with mx.example.net lost after DATA: reset",
      })
  void whatIsSaidOfAMessageIsNotSaidOfTheServer(String words) {
    assertThat(toAttempt(words)).isEqualTo(Reaction.DECLINED);
  }

  @Test
  void aGreetingThatIsRefusedMeansNobodyIsThereUnlessItSaysWhy() {
    assertThat(toSilence("mx [192.0.2.1]:25 greets with 421 4.3.2 not now"))
        .isInstanceOf(Reaction.Unreachable.class);
    assertThat(toSilence("connection refused")).isInstanceOf(Reaction.Unreachable.class);
    assertThat(toSilence("mx [192.0.2.1]:25 greets with 421 too many connections"))
        .isInstanceOf(Reaction.Strained.class);
  }

  @Test
  void oneRecipientThatIsTakenIsEnough() {
    var taken = new Attempt.Delivered("mx.example.net", "250 ok", "none", false);
    assertThat(Reaction.to(new Delivery(List.of(deferred("450 4.2.1 full"), taken), false)))
        .isEqualTo(Reaction.TOOK);
    assertThat(Reaction.to(new Delivery(List.of(taken, deferred("451 rate limit")), false)))
        .isInstanceOf(Reaction.Strained.class);
  }
}
