package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postroom.mail.MailAddress;
import dev.postroom.store.Sharing;
import dev.postroom.store.StoreProblem;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class SharesTest {
  @Inject Fixtures fixtures;
  @Inject Shares shares;
  @Inject Mailboxes mailboxes;
  @Inject Recipients recipients;
  @Inject Sharing sharing;
  @Inject DirectoryConfig config;
  @Inject AgroalDataSource database;

  private Viewer.Person customer;
  private DomainInfo domain;
  private MailboxInfo info;
  private MailboxInfo ben;

  @BeforeEach
  void twoMailboxes() {
    customer = fixtures.customer();
    domain = fixtures.domain(customer);
    info = fixtures.mailbox(domain, "info");
    ben = fixtures.mailbox(domain, "ben");
  }

  private ShareInfo share(ShareLevel level, boolean maySendAs) {
    return shares.put(customer, info.id(), ben.address(), level, maySendAs);
  }

  private DirectoryProblem refused(Viewer viewer, MailAddress guest) {
    return assertThatExceptionOfType(DirectoryProblem.class)
        .isThrownBy(() -> shares.put(viewer, info.id(), guest, ShareLevel.READ, false))
        .actual();
  }

  @Test
  void sharingIsRepeatedChangedAndEnded() {
    share(ShareLevel.READ, false);
    assertThat(share(ShareLevel.READ, false).level()).isEqualTo(ShareLevel.READ);
    assertThat(share(ShareLevel.MANAGE, true).maySendAs()).isTrue();
    assertThat(shares.list(customer, info.id()))
        .singleElement()
        .satisfies(one -> assertThat(one.level()).isEqualTo(ShareLevel.MANAGE));
    shares.remove(customer, info.id(), ben.address());
    assertThat(shares.list(customer, info.id())).isEmpty();
    assertThatExceptionOfType(DirectoryProblem.class)
        .isThrownBy(() -> shares.remove(customer, info.id(), ben.address()));
  }

  @Test
  void onlyMailboxesOfTheSameCustomerAreGuests() {
    var stranger = fixtures.mailbox(fixtures.domain(), "cho");
    var problem = refused(customer, stranger.address());
    assertThat(problem.kind()).isEqualTo(DirectoryProblem.Kind.INVALID);
    var zedAddress = new MailAddress("zed", domain.name());
    assertThat(String.valueOf(refused(customer, zedAddress).getMessage()).replace("zed@", "cho@"))
        .as("whether another customer has it is not told")
        .isEqualTo(
            String.valueOf(problem.getMessage())
                .replace(stranger.address().domain().ascii(), domain.name().ascii()));
    assertThat(refused(customer, info.address()).field()).isEqualTo("guest");
    assertThat(refused(Viewer.SERVER, stranger.address()).kind())
        .as("whoever asks")
        .isEqualTo(DirectoryProblem.Kind.INVALID);
    var secondDomain = fixtures.mailbox(fixtures.domain(customer), "dee");
    shares.put(customer, info.id(), secondDomain.address(), ShareLevel.READ, false);
  }

  @Test
  void othersNeitherSeeNorChangeShares() {
    share(ShareLevel.READ, false);
    var other = fixtures.customer();
    assertThat(refused(other, ben.address()).kind()).isEqualTo(DirectoryProblem.Kind.NOT_FOUND);
    assertThatExceptionOfType(DirectoryProblem.class)
        .isThrownBy(() -> shares.list(other, info.id()));
    assertThatExceptionOfType(DirectoryProblem.class)
        .isThrownBy(() -> shares.remove(other, info.id(), ben.address()));
    var user = new Viewer.MailboxUser(info.id(), info.address());
    assertThat(refused(user, ben.address()).kind())
        .as("sending as is given by those who have the account")
        .isEqualTo(DirectoryProblem.Kind.FORBIDDEN);
  }

  @Test
  void sendingAsIsGivenAndTakenBackAtOnce() {
    assertThat(recipients.maySendAs(ben.id(), info.address())).isFalse();
    share(ShareLevel.MANAGE, false);
    assertThat(recipients.maySendAs(ben.id(), info.address())).isFalse();
    share(ShareLevel.READ, true);
    assertThat(recipients.maySendAs(ben.id(), info.address())).isTrue();
    assertThat(recipients.maySendAs(info.id(), ben.address())).as("not the other way").isFalse();
    mailboxes.suspend(Viewer.SERVER, info.id(), new Suspension(false, true, false, "spam"));
    assertThat(recipients.maySendAs(ben.id(), info.address())).as("suspended").isFalse();
    mailboxes.suspend(Viewer.SERVER, info.id(), Suspension.NONE);
    assertThat(recipients.maySendAs(ben.id(), info.address())).isTrue();
    shares.remove(customer, info.id(), ben.address());
    assertThat(recipients.maySendAs(ben.id(), info.address())).isFalse();
  }

  @Test
  void nothingReachesAcrossCustomersEvenWhenADomainMoves() throws SQLException {
    var dee = fixtures.mailbox(fixtures.domain(customer), "dee");
    shares.put(customer, info.id(), dee.address(), ShareLevel.MANAGE, true);
    assertThat(sharing.folders(dee.id())).isNotEmpty();
    move(domain.id(), fixtures.customer().accountId());
    assertThat(sharing.folders(dee.id())).isEmpty();
    assertThat(sharing.mailbox(dee.id(), info.address())).isEmpty();
    var update = mailboxes.update(Viewer.SERVER, dee.id(), "Dee", dee.quotaOctets());
    assertThat(recipients.maySendAs(update.id(), info.address())).isFalse();
  }

  private void move(long domainId, long accountId) throws SQLException {
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement("update domain set account_id = ? where id = ?")) {
      statement.setLong(1, accountId);
      statement.setLong(2, domainId);
      statement.executeUpdate();
    }
  }

  @Test
  void whatAMailProgramHasSharedIsListedAndTakenBack() {
    var inbox = sharing.folders(ben.id());
    assertThat(inbox).isEmpty();
    long folder = folderOfInfo();
    sharing.change(info.id(), info.id(), folder, ben.address(), _ -> FolderRights.parse("lrs"));
    assertThat(shares.list(customer, info.id()))
        .singleElement()
        .satisfies(one -> assertThat(one.level()).isNull());
    assertThat(sharing.rights(ben.id(), folder).letters()).isEqualTo("lrs");
    shares.remove(customer, info.id(), ben.address());
    assertThat(sharing.rights(ben.id(), folder)).isEqualTo(FolderRights.NONE);
    assertThat(shares.list(customer, info.id())).isEmpty();
  }

  @Test
  void noRightsInAFolderHideItOnlyWhileTheMailboxIsShared() {
    long folder = folderOfInfo();
    sharing.change(info.id(), info.id(), folder, ben.address(), _ -> FolderRights.parse("lr"));
    sharing.change(info.id(), info.id(), folder, ben.address(), _ -> FolderRights.NONE);
    share(ShareLevel.READ, false);
    assertThat(sharing.rights(ben.id(), folder).letters()).isEqualTo("lr");
    sharing.change(info.id(), info.id(), folder, ben.address(), _ -> FolderRights.NONE);
    assertThat(sharing.rights(ben.id(), folder)).isEqualTo(FolderRights.NONE);
  }

  @Test
  void whoHasLostHisRightsDoesNotGiveThemToHimself() {
    share(ShareLevel.MANAGE, false);
    long folder = sharing.folders(ben.id()).getFirst().folder().id();
    assertThat(administer(folder)).isTrue();
    shares.remove(customer, info.id(), ben.address());
    assertThatExceptionOfType(StoreProblem.class).isThrownBy(() -> administer(folder));
    assertThat(shares.list(customer, info.id())).isEmpty();
    share(ShareLevel.READ, false);
    assertThatExceptionOfType(StoreProblem.class).isThrownBy(() -> administer(folder));
  }

  private boolean administer(long folder) {
    return sharing.change(
        ben.id(), info.id(), folder, ben.address(), before -> before.with(FolderRights.ALL));
  }

  @Test
  void neitherDoesHeWhileHeLosesThem() throws Exception {
    share(ShareLevel.MANAGE, false);
    long folder = sharing.folders(ben.id()).getFirst().folder().id();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var remover = transaction();
        var statement = remover.createStatement()) {
      // what Shares.remove does, up to its commit
      statement.execute(
          "select id from account where id = " + customer.accountId() + " for update");
      statement.execute("delete from mailbox_share where guest_id = " + ben.id());
      var change = threads.submit(() -> administer(folder));
      assertWaits(change);
      remover.commit();
      assertThat(change)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(StoreProblem.class);
    }
    assertThat(shares.list(customer, info.id())).isEmpty();
  }

  @Test
  void aFolderThatIsMadeMeanwhileIsTakenBackToo() throws Exception {
    share(ShareLevel.MANAGE, false);
    long folder = sharing.folders(ben.id()).getFirst().folder().id();
    sharing.change(info.id(), info.id(), folder, ben.address(), _ -> FolderRights.parse("lr"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var maker = transaction();
        var statement = maker.createStatement()) {
      // what CREATE does, up to its commit
      statement.execute(
          "insert into folder select null, mailbox_id, 'INBOX/made', null, 1, 1, 1, 0, 0, 0, 0, 0"
              + " from folder where id = "
              + folder);
      int inherited =
          statement.executeUpdate(
              "insert into folder_share select last_insert_id(), guest_id, rights from folder_share"
                  + " where folder_id = "
                  + folder
                  + " lock in share mode");
      assertThat(inherited).isOne();
      var removal = threads.submit(() -> shares.remove(customer, info.id(), ben.address()));
      assertWaits(removal);
      maker.commit();
      assertThat(removal).succeedsWithin(Duration.ofSeconds(20));
    }
    assertThat(shares.list(customer, info.id())).isEmpty();
  }

  private Connection transaction() throws SQLException {
    var connection = database.getConnection();
    connection.setAutoCommit(false); // before any statement is made: see LateAutoCommit
    return connection;
  }

  private static void assertWaits(Future<?> work) {
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> work.get(1, TimeUnit.SECONDS));
  }

  /** Read through a guest of its own. */
  private long folderOfInfo() {
    var eve = fixtures.mailbox(domain, "eve");
    shares.put(customer, info.id(), eve.address(), ShareLevel.READ, false);
    long folder = sharing.folders(eve.id()).getFirst().folder().id();
    shares.remove(customer, info.id(), eve.address());
    return folder;
  }

  @Test
  void aMailboxIsSharedWithSoManyAndNoMore() {
    assertThat(config.sharesPerMailbox()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      var guest = fixtures.mailbox(domain, "guest" + i);
      shares.put(customer, info.id(), guest.address(), ShareLevel.READ, false);
    }
    assertThat(refused(customer, ben.address()).kind()).isEqualTo(DirectoryProblem.Kind.LIMIT);
    shares.put(
        customer, info.id(), new MailAddress("guest1", domain.name()), ShareLevel.FILE, false);
  }
}
