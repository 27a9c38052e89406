package dev.postroom.bench;

import java.util.List;
import java.util.stream.Stream;

/** One of the two servers that are compared, with its own database, on ports of its own. */
interface Side {
  /** The password of every mailbox. */
  String PASSWORD = "four-uncommon-words-41";

  /** Its slow hash, the same text in both databases: logins cost the same on both sides. */
  String PASSWORD_HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$cG9zdHJvb20tYmVuY2gtMQ$7UNZoYxhChmG5UmjiS3JFunRkrpkQiO1B0kLPexCq+0";

  String DOMAIN = "bench.test";

  String name();

  int smtp();

  int imap();

  int pop3();

  /** Sets up and starts everything that is not running. */
  void start();

  void stop();

  default void restart() {
    stop();
    start();
  }

  /** The server's processes, each with all its children; the database's is another. */
  List<Long> servers();

  long databasePid();

  /** The processes whose CPU time and memory count. */
  default List<Long> processes() {
    return Stream.concat(servers().stream(), Stream.of(databasePid())).toList();
  }

  /** From the start of the processes until all ports were open, the last time. */
  double startSeconds();

  /**
   * Makes sure that the mailboxes {@code 1<name>@bench.test} to {@code <count><name>@bench.test}
   * exist.
   */
  void addMailboxes(String name, int count);

  /** Makes an address that sends all its mail on to an address elsewhere. */
  void addForwarder(String localPart, String target);

  /** Lines of its logs that warn or complain. */
  List<String> troubles();

  /** How durability is set, for the report. */
  String durability();

  String version();
}
