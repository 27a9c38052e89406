package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a recipient address means to the directory. The addresses in it are those that are set up,
 * without detail and never in an alias of a domain.
 */
public sealed interface Recipient {
  /**
   * A mailbox here that takes mail.
   *
   * @param filesByDetail {@code ann+shop@} goes to the folder {@code shop} when there is one
   * @param detail what stood behind the separator, or empty
   */
  record Local(long mailboxId, MailAddress address, boolean filesByDetail, String detail)
      implements Recipient {
    Local with(Detail said) {
      return new Local(mailboxId, address, filesByDetail, said.text());
    }

    /** The folder that the mailbox wants such mail in. */
    public Optional<String> folder() {
      return filesByDetail && !detail.isEmpty() ? Optional.of(detail) : Optional.empty();
    }
  }

  /**
   * A forwarder.
   *
   * @param mailboxId the mailbox that keeps a copy, null for none
   */
  record Forwarded(
      long forwarderId, MailAddress address, List<Target> targets, @Nullable Long mailboxId)
      implements Recipient {
    public Forwarded {
      targets = List.copyOf(targets);
    }
  }

  /**
   * Where a forwarder or catch-all leads.
   *
   * @param state counts when the address turns out to be elsewhere
   */
  record Target(MailAddress address, DestinationState state) {}

  /**
   * A group of mailboxes here.
   *
   * @param tooLarge it has more members than one message may reach: not all of them are listed
   */
  record Group(MailAddress address, GroupSenders senders, List<Member> members, boolean tooLarge)
      implements Recipient {
    public Group {
      members = List.copyOf(members);
    }
  }

  /**
   * Somebody in a group.
   *
   * @param takesMail false while receiving is suspended
   * @param forwards a forwarder has the same address: mail takes that way
   */
  record Member(long mailboxId, MailAddress address, boolean takesMail, boolean forwards) {}

  /** No such local part, but the domain has a catch-all. */
  record CatchAll(MailAddress address, Target target) implements Recipient {}

  /** The domain is ours, receiving is suspended for the mailbox, domain or account. */
  record Suspended(MailAddress address) implements Recipient {}

  /** The domain is ours, the local part unknown. */
  record Unknown(MailAddress address) implements Recipient {}

  /** The domain is not ours, or not proven to be. */
  record Elsewhere(MailAddress address) implements Recipient {}
}
