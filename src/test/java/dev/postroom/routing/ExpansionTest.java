package dev.postroom.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.DestinationState;
import dev.postroom.directory.GroupSenders;
import dev.postroom.directory.Recipient;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import dev.postroom.sending.Reservation;
import dev.postroom.testing.Settings;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpansionTest {
  private static final DomainName OURS = DomainName.of("alpha.test");

  private @Nullable Sender sender;
  private final Map<MailAddress, Recipient> directory = new HashMap<>();
  private final ServerConfig config =
      Settings.of(
          ServerConfig.class,
          "postroom.server.secret",
          "a secret of thirty-two characters!",
          "postroom.server.hostname",
          "mail.host.test",
          "postroom.server.postmaster",
          "keeper@alpha.test");
  private final Srs srs = new Srs(config, Clock.systemUTC());

  private Expansion expand(String address) {
    return new Expansion(
            this::resolve,
            OURS::equals,
            srs,
            new Postmaster(config),
            GroupAccess.of(sender),
            MailAddress.parse(address))
        .follow();
  }

  private Recipient resolve(MailAddress address) {
    return address.domain().equals(OURS)
        ? directory.getOrDefault(address.canonical(), new Recipient.Unknown(address))
        : new Recipient.Elsewhere(address);
  }

  private void mailbox(long id, String address) {
    directory.put(at(address), new Recipient.Local(id, at(address), false, ""));
  }

  private void forwarder(String address, @Nullable Long copy, String... targets) {
    directory.put(
        at(address),
        new Recipient.Forwarded(
            1, at(address), Arrays.stream(targets).map(ExpansionTest::live).toList(), copy));
  }

  private static Recipient.Target live(String address) {
    return new Recipient.Target(at(address), DestinationState.CONFIRMED);
  }

  private static Sender sender(long mailboxId, String address) {
    return new Sender(mailboxId, 1, at(address), Reservation.FREE);
  }

  private void group(String address, GroupSenders senders, Recipient.Member... members) {
    directory.put(at(address), new Recipient.Group(at(address), senders, List.of(members), false));
  }

  private static Recipient.Member member(long id, String address) {
    return new Recipient.Member(id, at(address), true, false);
  }

  private static MailAddress at(String address) {
    return MailAddress.parse(address);
  }

  private static Destination deliver(long id, String address) {
    return new Destination.Deliver(id, at(address));
  }

  private static Destination relay(String address, @Nullable String via) {
    return new Destination.Relay(at(address), via == null ? null : at(via));
  }

  @Test
  void aMailboxThatFilesByDetailNamesTheFolder() {
    directory.put(
        at("ann+shop@alpha.test"), new Recipient.Local(1, at("ann@alpha.test"), true, "shop"));
    assertThat(expand("ann+shop@alpha.test").destinations())
        .containsExactly(new Destination.Deliver(1, at("ann@alpha.test"), "shop"));
  }

  @Test
  void aGroupReachesItsMembersOnceAndTheirForwardersToo() {
    mailbox(1, "ann@alpha.test");
    forwarder("ben@alpha.test", 2L, "ben@remote.test");
    group(
        "all@alpha.test",
        GroupSenders.ANYONE,
        member(1, "ann@alpha.test"),
        new Recipient.Member(2, at("ben@alpha.test"), true, true),
        new Recipient.Member(3, at("off@alpha.test"), false, false));
    assertThat(expand("all@alpha.test").destinations())
        .containsExactly(
            deliver(1, "ann@alpha.test"),
            deliver(2, "ben@alpha.test"),
            relay("ben@remote.test", "ben@alpha.test"));
    assertThat(expand("all@alpha.test").deadEnds()).isEmpty();
  }

  @Test
  void aGroupTakesMailFromWhomItIsFor() {
    group("staff@alpha.test", GroupSenders.DOMAIN, member(1, "ann@alpha.test"));
    group("board@alpha.test", GroupSenders.MEMBERS, member(1, "ann@alpha.test"));
    forwarder("way@alpha.test", null, "board@alpha.test");
    for (var group : new String[] {"staff@alpha.test", "board@alpha.test", "way@alpha.test"}) {
      sender = null;
      assertThat(expand(group).destinations()).as(group).isEmpty();
      assertThat(expand(group).deadEnds().getFirst().status()).isEqualTo(DeadEnd.NOT_YOUR_GROUP);
      sender = sender(9, "cho@beta.test");
      assertThat(expand(group).destinations()).as(group).isEmpty();
      sender = sender(1, "ann@alpha.test");
      assertThat(expand(group).destinations()).as(group).hasSize(1);
    }
    sender = sender(2, "ben@alpha.test");
    assertThat(expand("staff@alpha.test").destinations()).hasSize(1);
    assertThat(expand("board@alpha.test").destinations()).isEmpty();
  }

  @Test
  void mailFlowsToThoseElsewhereOnlyWhoHaveAgreed() {
    for (var state : DestinationState.values()) {
      directory.put(
          at("out@alpha.test"),
          new Recipient.Forwarded(
              1,
              at("out@alpha.test"),
              List.of(new Recipient.Target(at("cho@remote.test"), state)),
              null));
      var found = expand("out@alpha.test");
      assertThat(found.destinations().isEmpty()).as("" + state).isNotEqualTo(state.isLive());
      if (!state.isLive()) {
        assertThat(found.deadEnds().getFirst().status())
            .isEqualTo(
                state == DestinationState.WAITING
                    ? DeadEnd.NOT_TAKING_MAIL_YET
                    : DeadEnd.NOT_TAKING_MAIL);
      }
    }
  }

  @Test
  void whoHasNotAgreedIsPassedOverBesideOthersWithoutAWord() {
    mailbox(1, "ann@alpha.test");
    directory.put(
        at("out@alpha.test"),
        new Recipient.Forwarded(
            1,
            at("out@alpha.test"),
            List.of(
                new Recipient.Target(at("cho@remote.test"), DestinationState.WAITING),
                new Recipient.Target(at("ann@alpha.test"), DestinationState.UNASKED)),
            null));
    assertThat(expand("out@alpha.test").destinations())
        .containsExactly(deliver(1, "ann@alpha.test"));
    assertThat(expand("out@alpha.test").deadEnds()).isEmpty();
  }

  @Test
  void aMailboxIsADestination() {
    mailbox(1, "ann@alpha.test");
    assertThat(expand("Ann@alpha.test").destinations())
        .containsExactly(deliver(1, "ann@alpha.test"));
  }

  @Test
  void aForwarderLeadsToAllItsTargetsAndItsOwnCopy() {
    mailbox(2, "ben@alpha.test");
    forwarder("sales@alpha.test", 7L, "ben@alpha.test", "cho@remote.test");
    assertThat(expand("sales@alpha.test").destinations())
        .containsExactly(
            deliver(7, "sales@alpha.test"),
            deliver(2, "ben@alpha.test"),
            relay("cho@remote.test", "sales@alpha.test"));
  }

  @Test
  void nestedForwardersEndInOneCopyForEach() {
    mailbox(1, "ann@alpha.test");
    forwarder("all@alpha.test", null, "a@alpha.test", "b@alpha.test", "ann@alpha.test");
    forwarder("a@alpha.test", null, "ann@alpha.test", "x@remote.test");
    forwarder("b@alpha.test", null, "ann@alpha.test", "x@remote.test");
    assertThat(expand("all@alpha.test").destinations())
        .containsExactly(deliver(1, "ann@alpha.test"), relay("x@remote.test", "a@alpha.test"));
  }

  @Test
  void aCircleIsCut() {
    mailbox(1, "ann@alpha.test");
    forwarder("a@alpha.test", null, "b@alpha.test");
    forwarder("b@alpha.test", null, "a@alpha.test", "ann@alpha.test");
    var found = expand("a@alpha.test");
    assertThat(found.destinations()).containsExactly(deliver(1, "ann@alpha.test"));
    assertThat(found.deadEnds()).isEmpty();
  }

  @Test
  void aCircleWithoutAnExitIsRefused() {
    forwarder("a@alpha.test", null, "b@alpha.test");
    forwarder("b@alpha.test", null, "a@alpha.test");
    var found = expand("a@alpha.test");
    assertThat(found.destinations()).isEmpty();
    assertThat(found.deadEnds()).singleElement().extracting(DeadEnd::status).hasToString("5.4.6");
  }

  @Test
  void theDepthLimitIsExact() {
    mailbox(1, "ann@alpha.test");
    chain(Expansion.MAX_DEPTH);
    assertThat(expand("f1@alpha.test").destinations()).hasSize(1);
    chain(Expansion.MAX_DEPTH + 1);
    assertThat(expand("f1@alpha.test").destinations()).isEmpty();
  }

  private void chain(int forwarders) {
    for (int i = 1; i < forwarders; i++) {
      forwarder("f" + i + "@alpha.test", null, "f" + (i + 1) + "@alpha.test");
    }
    forwarder("f" + forwarders + "@alpha.test", null, "ann@alpha.test");
  }

  @Test
  void nestedForwardersDoNotMultiplyAMessageWithoutLimit() {
    fan(Expansion.MAX_ADDRESSES - 1);
    assertThat(expand("all@alpha.test").destinations()).hasSize(Expansion.MAX_ADDRESSES - 11);
    fan(Expansion.MAX_ADDRESSES);
    var found = expand("all@alpha.test");
    assertThat(found.destinations()).isEmpty();
    assertThat(found.deadEnds()).singleElement().extracting(DeadEnd::status).hasToString("5.5.3");
  }

  /** Ten forwarders behind one, which lead to the other addresses together. */
  private void fan(int addressesBehind) {
    int others = addressesBehind - 10;
    forwarder("all@alpha.test", null, texts(0, 10, "f%d@alpha.test"));
    for (int i = 0; i < 10; i++) {
      forwarder(
          "f" + i + "@alpha.test",
          null,
          texts(others * i / 10, others * (i + 1) / 10, "x%d@remote.test"));
    }
  }

  private static String[] texts(int from, int to, String format) {
    return IntStream.range(from, to).mapToObj(format::formatted).toArray(String[]::new);
  }

  @Test
  void aCatchAllTakesWhatNobodyElseDoes() {
    mailbox(1, "ann@alpha.test");
    directory.put(
        at("any@alpha.test"), new Recipient.CatchAll(at("any@alpha.test"), live("ann@alpha.test")));
    assertThat(expand("any@alpha.test").destinations())
        .containsExactly(deliver(1, "ann@alpha.test"));
  }

  @Test
  void targetsThatLeadNowhereAreNamed() {
    mailbox(1, "ann@alpha.test");
    directory.put(at("off@alpha.test"), new Recipient.Suspended(at("off@alpha.test")));
    forwarder("all@alpha.test", null, "ann@alpha.test", "gone@alpha.test", "off@alpha.test");
    var found = expand("all@alpha.test");
    assertThat(found.destinations()).hasSize(1);
    assertThat(found.deadEnds())
        .allSatisfy(end -> assertThat(end.recipient()).hasToString("all@alpha.test"))
        .extracting(end -> end.status().toString())
        .containsExactly("5.1.1", "5.2.1");
  }

  @Test
  void addressesThatHideAnotherAreOnlyEverLookedUpHere() {
    for (String trick :
        List.of(
            "victim%remote.test@alpha.test",
            "remote.test!victim@alpha.test",
            "\"victim@remote.test\"@alpha.test",
            "\"@remote.test:victim\"@alpha.test",
            "\"victim%remote.test\"@alpha.test",
            "SRS0=abcdef=aa=remote.test=victim@alpha.test",
            "SRS1=abcdef=remote.test==x@alpha.test")) {
      var found = expand(trick);
      assertThat(found.destinations()).as(trick).isEmpty();
      assertThat(found.deadEnds()).extracting(DeadEnd::status).hasToString("[5.1.1]");
    }
  }

  @Test
  void aReturnAddressOfOursLeadsBackToTheAuthor() {
    var rewritten = srs.rewrite(at("ann@remote.test"), OURS);
    assertThat(expand(rewritten.toString()).destinations())
        .containsExactly(relay("ann@remote.test", rewritten.toString()));
  }

  @Test
  void aReturnAddressInAStrangersDomainIsNotLookedInto() {
    var rewritten = srs.rewrite(at("ann@remote.test"), DomainName.of("other.test")).toString();
    assertThat(expand(rewritten).destinations()).containsExactly(relay(rewritten, null));
  }

  @Test
  void somebodyReadsForThisServersPostmaster() {
    mailbox(9, "keeper@alpha.test");
    assertThat(expand("Postmaster@mail.host.test").destinations())
        .containsExactly(deliver(9, "keeper@alpha.test"));
    assertThat(expand("ann@mail.host.test").destinations())
        .containsExactly(relay("ann@mail.host.test", null));
    assertThat(expand("postmaster@other.test").destinations())
        .containsExactly(relay("postmaster@other.test", null));
  }
}
