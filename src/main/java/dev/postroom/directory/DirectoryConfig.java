package dev.postroom.directory;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What the directory allows. */
@ConfigMapping(prefix = "postroom.directory")
public interface DirectoryConfig {
  /** The quota of a new mailbox for which none was asked. */
  @WithDefault("1G")
  MemorySize defaultQuota();

  /** How many targets a forwarder may have. */
  @WithDefault("100")
  int forwarderTargets();

  /** Where mail may be forwarded to. */
  Destinations destinations();

  /** How many mailboxes a group may reach. */
  @WithDefault("5000")
  int groupMembers();

  /**
   * Each of these characters begins a detail: with {@code +}, mail for {@code ann+shop@} goes to
   * {@code ann@} unless there is such an address. Empty: there are no details.
   */
  @WithDefault("+")
  Optional<String> detailSeparators();

  /** With how many others a mailbox may be shared. */
  @WithDefault("200")
  int sharesPerMailbox();

  /**
   * How long what is known of a recipient or a sender is kept in memory. A change made on this node
   * is seen at once, one made on another node after this time.
   */
  @WithDefault("5s")
  Duration recipientCacheTime();

  /** How many recipient addresses are kept in memory, and how many senders. */
  @WithDefault("50000")
  long recipientCacheSize();

  /** What holds for addresses elsewhere that forwarders and catch-alls lead to. */
  interface Destinations {
    /** Whether each must agree, by a link in a mail, before mail is forwarded to it. */
    @WithDefault("true")
    boolean confirmation();

    /** How long the link is good. */
    @WithDefault("7d")
    Duration linkLifetime();

    /** How many mails that ask one address gets a day, whoever asks. */
    @WithDefault("3")
    int mailsPerAddress();

    /** How many mails that ask an account may cause a day. */
    @WithDefault("50")
    int mailsPerAccount();

    /**
     * So many messages within the window pause a destination whose server says each time that
     * nobody is there.
     */
    @WithDefault("25")
    int refusals();

    /** The window in which refusals are counted. */
    @WithDefault("1d")
    Duration refusalWindow();
  }
}
