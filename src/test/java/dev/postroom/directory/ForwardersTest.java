package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.DirectoryProblem.Kind;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class ForwardersTest {
  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;
  @Inject Forwarders forwarders;
  @Inject DirectoryConfig config;

  private DomainInfo domain;

  @BeforeEach
  void aDomain() {
    domain = fixtures.domain();
  }

  private ForwarderInfo create(String localPart, boolean keepCopy, String... targets) {
    return forwarders.create(Viewer.SERVER, domain.id(), localPart, addresses(targets), keepCopy);
  }

  private static List<MailAddress> addresses(String... texts) {
    return Arrays.stream(texts).map(MailAddress::parse).toList();
  }

  private static void assertProblem(Kind kind, String field, Runnable attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(kind);
              assertThat(problem.field()).isEqualTo(field);
            });
  }

  @Test
  void targetsThatAreOneMailboxAreFoldedInOrder() {
    var forwarder =
        create("sales", false, "b@example.net", "A@example.net", "a@EXAMPLE.net", "b@example.net");
    assertThat(forwarder.targets()).isEqualTo(addresses("b@example.net", "A@example.net"));
    assertThat(forwarders.find(Viewer.SERVER, forwarder.id())).isEqualTo(forwarder);
  }

  @Test
  void targetsAreReplacedInTheirNewOrder() {
    var forwarder = create("sales", false, "a@example.net", "b@example.net", "c@example.net");
    var updated =
        forwarders.update(
            Viewer.SERVER, forwarder.id(), addresses("c@example.net", "a@example.net"), false);
    assertThat(updated.targets()).isEqualTo(addresses("c@example.net", "a@example.net"));
    assertThat(forwarders.find(Viewer.SERVER, forwarder.id())).isEqualTo(updated);
  }

  @Test
  void aForwarderGoesSomewhereAndNotToItself() {
    assertProblem(Kind.INVALID, "targets", () -> create("sales", false));
    assertProblem(Kind.INVALID, "targets", () -> create("sales", false, "Sales@" + domain.name()));
  }

  @Test
  void targetsEndWithTheLimit() {
    var most =
        IntStream.range(0, config.forwarderTargets())
            .mapToObj(i -> "x" + i + "@example.net")
            .toArray(String[]::new);
    assertThat(create("most", false, most).targets()).hasSize(config.forwarderTargets());
    var more = Arrays.copyOf(most, most.length + 1);
    more[most.length] = "one-more@example.net";
    assertProblem(Kind.INVALID, "targets", () -> create("more", false, more));
    more[most.length] = "X0@example.net";
    assertThat(create("folded", false, more).targets()).hasSize(config.forwarderTargets());
  }

  @Test
  void anAddressIsSharedWithAMailboxOnlyWhenThatKeepsACopy() {
    assertProblem(Kind.INVALID, "keepCopy", () -> create("ann", true, "x@example.net"));
    fixtures.mailbox(domain, "ann");
    assertProblem(Kind.CONFLICT, "keepCopy", () -> create("ann", false, "x@example.net"));
    var forwarder = create("ann", true, "x@example.net");
    assertProblem(
        Kind.CONFLICT,
        "keepCopy",
        () -> forwarders.update(Viewer.SERVER, forwarder.id(), addresses("x@example.net"), false));
  }

  @Test
  void aMailboxDoesNotTakeAForwardersAddress() {
    create("sales", false, "x@example.net");
    assertProblem(
        Kind.CONFLICT,
        "localPart",
        () -> mailboxes.create(Viewer.SERVER, domain.id(), "Sales", "", null));
  }

  @Test
  void aForwarderExistsOnce() {
    create("sales", false, "x@example.net");
    assertProblem(Kind.CONFLICT, "localPart", () -> create("SALES", false, "y@example.net"));
  }
}
