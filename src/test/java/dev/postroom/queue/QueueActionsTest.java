package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.MariaDb;
import dev.postroom.testing.SmtpPartner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real database and a host that takes mail, or does not. */
class QueueActionsTest {
  private static final Viewer ADMINISTRATOR =
      new Viewer.Person(1, Role.ADMINISTRATOR, "administrator");
  private static final Viewer CUSTOMER = new Viewer.Person(7, Role.CUSTOMER, "customer");
  private static final QueueAction HOLD = new QueueAction.Hold("as a test");
  private static final QueueAction RELEASE = new QueueAction.Release();

  private static MariaDb database;

  @TempDir Path folder;
  private SmtpPartner partner;
  private SmtpPartner other;
  private TestQueue queue;

  @BeforeAll
  static void startDatabase() throws Exception {
    database = MariaDb.start();
    TestQueue.migrate(database);
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @BeforeEach
  void start() throws Exception {
    partner = SmtpPartner.start();
    other = SmtpPartner.start();
    queue =
        new TestQueue(
            database,
            folder,
            "postroom.outbound.routes.\"example.net\"",
            partner.address(),
            "postroom.outbound.routes.\"example.org\"",
            partner.address(),
            "postroom.queue.shutdown-grace",
            "200ms");
  }

  @AfterEach
  void stop() throws Exception {
    queue.close();
    partner.close();
    other.close();
  }

  private static void waitUntil(Runnable assertions) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(assertions::run);
  }

  private List<QueuedMessage> list(Viewer viewer, Selection selection) {
    return queue.transaction(
        c ->
            QueueListing.page(c, viewer, selection, PageRequest.first(500), queue.clock.instant())
                .items());
  }

  private long audited(String action) {
    return queue.number(
        "SELECT COALESCE(SUM(COALESCE(messages, 1)), 0) FROM audit_entry WHERE action = '"
            + action
            + "'");
  }

  private Outgoing message(long account, String from, String to) throws IOException {
    return TestQueue.of(account, queue.message(from, to, TestQueue.MAIL));
  }

  @Test
  void whatIsHeldIsNotSentUntilItIsReleased() throws Exception {
    var dispatcher = queue.dispatcher();
    var actions = queue.actions(dispatcher);
    queue.insert(
        List.of(
            message(7, "ann@postroom.test", "ben@example.net"),
            message(8, "ann@postroom.test", "cho@example.org")));

    var held = actions.act(ADMINISTRATOR, Selection.ALL.to("example.net"), HOLD);
    assertThat(held).isEqualTo(new ActionResult(1, 0, 0));
    assertThat(list(ADMINISTRATOR, Selection.ALL.in(Selection.State.HELD)))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.recipient()).hasToString("ben@example.net");
              assertThat(message.nextAttemptAt()).isNull();
            });
    assertThat(audited("messages.held")).isEqualTo(1);
    dispatcher.start();
    waitUntil(() -> assertThat(queue.length()).isEqualTo(1));
    queue.forward(Duration.ofDays(30));
    assertThat(actions.act(ADMINISTRATOR, Selection.ALL, new QueueAction.Retry()).touched())
        .isZero();
    assertThat(partner.messages()).hasSize(1);

    actions.act(ADMINISTRATOR, Selection.ALL, RELEASE);
    waitUntil(() -> assertThat(queue.length()).isZero());
    assertThat(partner.messages()).hasSize(2);
    assertThat(audited("messages.released")).isEqualTo(1);
  }

  @Test
  void nobodyReleasesOrDropsWhatSomebodyAboveHolds() throws Exception {
    var actions = queue.actions(queue.dispatcher());
    queue.insert(List.of(message(7, "ann@postroom.test", "ben@example.net")));
    actions.act(ADMINISTRATOR, Selection.ALL, HOLD);

    var kept = new ActionResult(0, 0, 1);
    assertThat(actions.act(CUSTOMER, Selection.ALL, RELEASE)).isEqualTo(kept);
    assertThat(actions.act(CUSTOMER, Selection.ALL, new QueueAction.Drop(false))).isEqualTo(kept);
    assertThat(list(CUSTOMER, Selection.ALL).getFirst().isHeldAbove(CUSTOMER)).isTrue();
    assertThat(actions.act(ADMINISTRATOR, Selection.ALL, RELEASE).touched()).isEqualTo(1);
  }

  @Test
  void anActionTouchesWhatTheViewerSeesAndNothingElse() throws Exception {
    var actions = queue.actions(queue.dispatcher());
    queue.insert(
        List.of(
            message(7, "ann@postroom.test", "ben@example.net"),
            message(8, "eve@postroom.test", "ben@example.net"),
            queue.message("", "ben@example.net", TestQueue.MAIL)));
    var all = list(ADMINISTRATOR, Selection.ALL).stream().map(QueuedMessage::id).toList();

    assertThat(actions.act(CUSTOMER, Selection.of(all), new QueueAction.Drop(false)).touched())
        .isEqualTo(1);
    assertThat(list(ADMINISTRATOR, Selection.ALL).stream().map(QueuedMessage::id).toList())
        .isEqualTo(all.subList(1, 3));
    assertThat(audited("message.dropped")).isEqualTo(1);
    assertThat(list(ADMINISTRATOR, Selection.ALL.from("<>"))).hasSize(1);
    assertThat(list(ADMINISTRATOR, Selection.ALL.from("EVE@postroom.test"))).hasSize(1);
    assertThat(list(ADMINISTRATOR, Selection.ALL.ofAccount(8L))).hasSize(1);
  }

  @Test
  void whatIsBeingSentIsHeldForTheCaseThatItFails() throws Exception {
    partner.on("DATA", SmtpPartner.SILENCE);
    var dispatcher = queue.start();
    var actions = queue.actions(dispatcher);
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(partner.commands()).contains("DATA"));

    assertThat(actions.act(ADMINISTRATOR, Selection.ALL, HOLD))
        .isEqualTo(new ActionResult(1, 1, 0));
    partner.down();
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isEqualTo(1));
    assertThat(list(ADMINISTRATOR, Selection.ALL).getFirst().state())
        .isEqualTo(Selection.State.HELD);
    queue.forward(Duration.ofDays(1));
    assertThat(queue.waitingAfter(1)).isEqualTo(1);
  }

  @Test
  void whatIsBeingSentIsNotDroppedButHeld() throws Exception {
    partner.on("DATA", SmtpPartner.SILENCE);
    var dispatcher = queue.start();
    var actions = queue.actions(dispatcher);
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(partner.commands()).contains("DATA"));

    assertThat(actions.act(ADMINISTRATOR, Selection.ALL, new QueueAction.Drop(true)))
        .isEqualTo(new ActionResult(0, 1, 0));
    partner.down();
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isEqualTo(1));
    assertThat(queue.returned).isEmpty();
    assertThat(actions.act(ADMINISTRATOR, Selection.ALL, new QueueAction.Drop(true)))
        .isEqualTo(new ActionResult(1, 0, 0));
    assertThat(queue.length()).isZero();
    assertThat(queue.returned).hasSize(1);
  }

  @Test
  void aReleaseWhileItIsBeingSentSendsItOnce() throws Exception {
    partner.on("DATA", SmtpPartner.SILENCE);
    var dispatcher = queue.start();
    var actions = queue.actions(dispatcher);
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(partner.commands()).contains("DATA"));
    actions.act(ADMINISTRATOR, Selection.ALL, HOLD);
    actions.act(ADMINISTRATOR, Selection.ALL, RELEASE);
    queue.doorbell.ringEverywhere();
    waitUntil(() -> assertThat(queue.claimed()).isEqualTo(1));
    assertThat(partner.commands()).containsOnlyOnce("DATA");
    assertThat(list(ADMINISTRATOR, Selection.ALL).getFirst().state())
        .isEqualTo(Selection.State.SENDING);
  }

  @Test
  void whatWasClaimedAndNotBegunIsCalledBack() throws Exception {
    partner.on("DATA", SmtpPartner.SILENCE);
    var dispatcher = queue.start();
    var actions = queue.actions(dispatcher);
    queue.queue(TestQueue.recipients(40, "example.net"));
    waitUntil(
        () -> {
          assertThat(queue.claimed()).isEqualTo(40);
          assertThat(partner.commands().stream().filter("DATA"::equals)).hasSize(4);
        });

    var dropped = actions.act(ADMINISTRATOR, Selection.ALL, new QueueAction.Drop(false));
    assertThat(dropped.sending()).isEqualTo(4);
    assertThat(dropped.touched()).isEqualTo(36);
    assertThat(queue.length()).isEqualTo(4);
    partner.down();
    partner.up();
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isEqualTo(4));
    assertThat(partner.commands().stream().filter("DATA"::equals)).hasSize(4);
  }

  @Test
  void retryNowTriesAtOnceThoughTheHostRests() throws Exception {
    partner.down();
    var dispatcher = queue.start();
    var actions = queue.actions(dispatcher);
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isEqualTo(1));
    partner.up();
    assertThat(actions.act(ADMINISTRATOR, Selection.ALL, new QueueAction.Retry()).touched())
        .isEqualTo(1);
    waitUntil(() -> assertThat(queue.length()).isZero());
    assertThat(partner.messages()).hasSize(1);
  }

  @Test
  void whatIsReroutedGoesThereAndNotWhereItCameFrom() throws Exception {
    partner.down();
    var dispatcher = queue.start();
    var actions = queue.actions(dispatcher);
    queue.queue("ben@example.net", "cho@example.org");
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isEqualTo(2));

    var there = new QueueAction.Reroute("127.0.0.1:" + other.port());
    assertThatThrownBy(() -> actions.act(CUSTOMER, Selection.ALL, there))
        .isInstanceOf(DirectoryProblem.class);
    assertThatThrownBy(
            () -> actions.act(ADMINISTRATOR, Selection.ALL, new QueueAction.Reroute("a b")))
        .isInstanceOf(DirectoryProblem.class);
    actions.act(ADMINISTRATOR, Selection.ALL.to("example.net"), there);
    waitUntil(() -> assertThat(other.messages()).hasSize(1));
    waitUntil(() -> assertThat(queue.length()).isEqualTo(1)); // once its end is written down
    assertThat(other.messages().getFirst().to()).containsExactly("ben@example.net");
  }

  @Test
  void aRerouteIsSeenAndTakenBack() throws Exception {
    var dispatcher = queue.dispatcher();
    var actions = queue.actions(dispatcher);
    queue.insert(List.of(queue.message("ann@postroom.test", "ben@example.net", TestQueue.MAIL)));
    actions.act(ADMINISTRATOR, Selection.ALL, new QueueAction.Reroute("[::1]:2525"));
    assertThat(list(ADMINISTRATOR, Selection.ALL.to("example.net")).getFirst().route())
        .isEqualTo("[::1]:2525");
    actions.act(ADMINISTRATOR, Selection.ALL.to("example.net"), new QueueAction.Reroute(""));
    assertThat(list(ADMINISTRATOR, Selection.ALL).getFirst().route()).isEmpty();
    dispatcher.start();
    waitUntil(() -> assertThat(partner.messages()).hasSize(1));
  }

  @Test
  void aStandingHoldKeepsBackWhatComesLaterUntilItIsLifted() throws Exception {
    var dispatcher = queue.start();
    var orders = queue.orders(dispatcher);
    var placed = orders.hold(ADMINISTRATOR, null, "example.net", "they asked for it");
    queue.queue("ben@example.net", "cho@example.org");
    waitUntil(() -> assertThat(partner.messages()).hasSize(1));
    waitUntil(
        () -> assertThat(list(ADMINISTRATOR, Selection.ALL.in(Selection.State.HELD))).hasSize(1));
    assertThat(partner.messages().getFirst().to()).containsExactly("cho@example.org");

    orders.lift(ADMINISTRATOR, placed.order().id());
    waitUntil(() -> assertThat(queue.length()).isZero());
    assertThat(partner.messages()).hasSize(2);
    assertThat(orders.list(ADMINISTRATOR)).isEmpty();
    assertThat(audited("hold.placed")).isEqualTo(1);
    assertThat(audited("hold.lifted")).isEqualTo(1);
  }

  @Test
  void oneMessageIsLetThroughAStandingHold() throws Exception {
    var dispatcher = queue.start();
    var actions = queue.actions(dispatcher);
    queue.orders(dispatcher).hold(ADMINISTRATOR, null, "example.net", "");
    queue.queue("ben@example.net", "cho@example.net");
    var held = Selection.ALL.in(Selection.State.HELD);
    waitUntil(() -> assertThat(list(ADMINISTRATOR, held)).hasSize(2));
    var one = list(ADMINISTRATOR, Selection.search("cho")).getFirst().id();
    actions.act(ADMINISTRATOR, Selection.of(List.of(one)), RELEASE);
    waitUntil(() -> assertThat(partner.messages()).hasSize(1));
    assertThat(list(ADMINISTRATOR, held)).hasSize(1);
  }

  @Test
  void nobodyReleasesPastAStandingHoldOfSomebodyAbove() throws Exception {
    var dispatcher = queue.dispatcher();
    var actions = queue.actions(dispatcher);
    var orders = queue.orders(dispatcher);
    queue.insert(
        List.of(
            message(7, "ann@postroom.test", "ben@example.net"),
            message(7, "ann@postroom.test", "cho@example.org")));
    actions.act(CUSTOMER, Selection.ALL, HOLD);
    assertThat(actions.act(CUSTOMER, Selection.ALL, RELEASE).touched()).isEqualTo(2);

    assertThat(orders.hold(CUSTOMER, null, "example.net", "").result().touched()).isZero();
    var placed = orders.hold(ADMINISTRATOR, null, "example.net", "");
    assertThat(placed.result().touched()).isEqualTo(1); // what waits
    actions.act(ADMINISTRATOR, Selection.ALL, RELEASE);
    assertThat(list(ADMINISTRATOR, Selection.ALL.in(Selection.State.HELD))).isEmpty();
    dispatcher.start();
    waitUntil(() -> assertThat(partner.messages()).hasSize(2));
  }

  @Test
  void whatACustomerReleasedIsStillCaughtByTheProvidersHold() throws Exception {
    var dispatcher = queue.dispatcher();
    var actions = queue.actions(dispatcher);
    queue.orders(dispatcher).hold(ADMINISTRATOR, null, "example.net", "");
    queue.insert(
        List.of(
            message(7, "ann@postroom.test", "ben@example.net"),
            message(7, "ann@postroom.test", "cho@example.org")));
    actions.act(CUSTOMER, Selection.ALL, HOLD);
    assertThat(actions.act(CUSTOMER, Selection.ALL, RELEASE).touched()).isEqualTo(2);

    dispatcher.start();
    waitUntil(() -> assertThat(queue.length()).isEqualTo(1));
    waitUntil(() -> assertThat(list(CUSTOMER, Selection.ALL.in(Selection.State.HELD))).hasSize(1));
    assertThat(list(CUSTOMER, Selection.ALL).getFirst().isHeldAbove(CUSTOMER)).isTrue();
    assertThat(partner.messages()).hasSize(1);
  }

  @Test
  void anAccountHasRoomForSoManyOrdersWhateverOthersPlace() {
    var orders = queue.orders(queue.dispatcher());
    int room = QueueOrders.MAX_ORDERS_OF_ACCOUNT;
    IntStream.rangeClosed(0, room)
        .forEach(i -> orders.hold(ADMINISTRATOR, null, "a" + i + ".example", ""));
    IntStream.range(0, room).forEach(i -> orders.hold(CUSTOMER, null, "c" + i + ".example", ""));

    assertThatThrownBy(() -> orders.hold(CUSTOMER, null, "one-more.example", ""))
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(DirectoryProblem.Kind.LIMIT));
    var changed = orders.hold(CUSTOMER, null, "c0.example", "another reason").order();
    assertThat(changed.reason()).isEqualTo("another reason");
    var other = new Viewer.Person(8, Role.CUSTOMER, "other");
    assertThat(orders.hold(other, null, "c0.example", "").order().accountId()).isEqualTo(8);
    assertThat(orders.hold(ADMINISTRATOR, null, "one-more.example", "").order().id()).isPositive();
  }

  @Test
  void aStandingRerouteTakesWhatComesLaterElsewhere() throws Exception {
    partner.down();
    var dispatcher = queue.start();
    var orders = queue.orders(dispatcher);
    queue.queue("ann@example.net");
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isEqualTo(1));
    var placed =
        orders.reroute(ADMINISTRATOR, null, "example.net", "127.0.0.1:" + other.port(), "");
    assertThat(placed.result().touched()).isEqualTo(1);
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(other.messages()).hasSize(2));

    orders.lift(ADMINISTRATOR, placed.order().id());
    partner.up();
    queue.queue("cho@example.net");
    waitUntil(() -> assertThat(partner.messages()).hasSize(1));
    assertThat(queue.length()).isZero();
  }

  private void reroute(long account, String route) {
    var order =
        new StandingOrder(
            0,
            StandingOrder.Kind.REROUTE,
            account,
            "",
            route,
            "",
            queue.clock.instant(),
            "",
            Rank.of(ADMINISTRATOR));
    queue.transaction(connection -> OrderTable.put(connection, order));
    queue.standing.wake();
  }

  @Test
  void allMailOfACustomerIsReroutedOnceAndSent() throws Exception {
    queue.start();
    reroute(7, "127.0.0.1:" + other.port());
    queue.queue(List.of(message(7, "ann@postroom.test", "ben@example.net")));
    waitUntil(() -> assertThat(other.messages()).hasSize(1));
    waitUntil(() -> assertThat(queue.length()).isZero());
  }

  @Test
  void ofTwoHoldsThatOfWhoStandsAboveCountsAndThenTheOther() throws Exception {
    var dispatcher = queue.start();
    var orders = queue.orders(dispatcher);
    var customers = orders.hold(CUSTOMER, null, "", "").order().id();
    var administrators = orders.hold(ADMINISTRATOR, null, "example.net", "").order().id();
    queue.queue(List.of(message(7, "ann@postroom.test", "ben@example.net")));
    waitUntil(() -> assertThat(heldBy(administrators)).isOne());

    orders.lift(ADMINISTRATOR, administrators);
    waitUntil(() -> assertThat(heldBy(customers)).isOne());
    orders.lift(CUSTOMER, customers);
    waitUntil(() -> assertThat(queue.length()).isZero());
    assertThat(partner.messages()).hasSize(1);
  }

  private long heldBy(long order) {
    return queue.number("SELECT COUNT(*) FROM queue_entry WHERE hold_order = " + order);
  }

  @Test
  void whatAnOrderHoldsThatIsGoneIsReleasedWithTheNext() throws Exception {
    var dispatcher = queue.start();
    var orders = queue.orders(dispatcher);
    var placed = orders.hold(ADMINISTRATOR, null, "example.net", "").order().id();
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(heldBy(placed)).isOne());
    queue.transaction(
        c -> c.createStatement().executeUpdate("UPDATE queue_entry SET hold_order = 0"));
    orders.lift(ADMINISTRATOR, placed);
    waitUntil(() -> assertThat(queue.length()).isZero());
  }

  @Test
  void manyAreHeldAndDroppedInBatchesWhileOthersAreSent() throws Exception {
    var dispatcher = queue.start();
    var actions = queue.actions(dispatcher);
    var one = message(7, "bulk@postroom.test", "x@example.invalid");
    var many = new ArrayList<Outgoing>();
    IntStream.range(0, 20_000)
        .forEach(i -> many.add(TestQueue.copyFor(one, "r" + i + "@example.invalid")));
    queue.orders(dispatcher).hold(ADMINISTRATOR, null, "example.invalid", "");
    queue.insert(many);

    var sender = Selection.ALL.from("bulk@postroom.test");
    queue.queue("ben@example.net");
    actions.act(ADMINISTRATOR, sender, HOLD);
    waitUntil(() -> assertThat(list(ADMINISTRATOR, sender.in(Selection.State.WAITING))).isEmpty());
    waitUntil(() -> assertThat(partner.messages()).hasSize(1));
    var dropped = actions.act(ADMINISTRATOR, sender, new QueueAction.Drop(false));
    assertThat(dropped.touched()).isEqualTo(20_000);
    assertThat(queue.length()).isZero();
    assertThat(audited("messages.dropped")).isEqualTo(20_000);
    assertThat(queue.number("SELECT COUNT(*) FROM audit_entry WHERE action = 'messages.dropped'"))
        .isEqualTo(1);
  }
}
