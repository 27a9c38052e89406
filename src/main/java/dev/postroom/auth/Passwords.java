package dev.postroom.auth;

import dev.postroom.auth.Credentials.Owner;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Transactions;
import dev.postroom.directory.Viewer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Sets passwords, hashed slowly and never readable again. */
@ApplicationScoped
public class Passwords {
  public static final int MIN_LENGTH = 10;
  public static final int MAX_LENGTH = 256;

  private static final int GOOD_SCORE = 3; // of 4: safe against offline guessing of a slow hash
  private static final int MEASURED_LENGTH = 64; // measuring takes longer than linear time
  private static final String TYPEABLE = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 4;
  private static final int GROUP_LENGTH = 4;

  private final Mailboxes mailboxes;
  private final Accounts accounts;
  private final Credentials credentials;
  private final ScramCredentials scramCredentials;
  private final ScramVault vault;
  private final Hashing hashing;
  private final PasswordStrength meter;
  private final Transactions transactions;
  private final RandomGenerator random;
  private final Event<CredentialChange> changes;

  Passwords(
      Mailboxes mailboxes,
      Accounts accounts,
      Credentials credentials,
      ScramCredentials scramCredentials,
      ScramVault vault,
      Hashing hashing,
      PasswordStrength meter,
      Transactions transactions,
      RandomGenerator random,
      Event<CredentialChange> changes) {
    this.mailboxes = mailboxes;
    this.accounts = accounts;
    this.credentials = credentials;
    this.scramCredentials = scramCredentials;
    this.vault = vault;
    this.hashing = hashing;
    this.meter = meter;
    this.transactions = transactions;
    this.random = random;
    this.changes = changes;
  }

  /**
   * @throws dev.postroom.directory.DirectoryProblem field {@code password} when it is too weak
   */
  public void setForMailbox(Viewer viewer, long mailboxId, String password) {
    var mailbox = mailboxes.find(viewer, mailboxId);
    setForMailbox(
        viewer,
        mailboxId,
        hashForMailbox(mailbox.address().toString(), password, List.of(mailbox.displayName())));
  }

  /** Inside the caller's transaction, which no slow hash should prolong. */
  public void setForMailbox(Viewer viewer, long mailboxId, PasswordHash hash) {
    transactions.run(
        () -> {
          var address = mailboxes.find(viewer, mailboxId).address();
          credentials.put(Owner.MAILBOX, mailboxId, hash);
          scramCredentials.put(mailboxId, hash.scram());
          changes.fire(new CredentialChange.MailboxPassword(viewer, mailboxId, address.toString()));
        });
  }

  /**
   * @throws dev.postroom.directory.DirectoryProblem field {@code password} when it is too weak
   */
  public void setForAccount(Viewer viewer, long accountId, String password) {
    var account = accounts.find(viewer, accountId);
    setForAccount(viewer, accountId, hash(password, List.of(account.login(), account.name())));
  }

  /** Inside the caller's transaction, which no slow hash should prolong. */
  public void setForAccount(Viewer viewer, long accountId, PasswordHash hash) {
    transactions.run(
        () -> {
          var login = accounts.find(viewer, accountId).login();
          credentials.put(Owner.ACCOUNT, accountId, hash);
          changes.fire(new CredentialChange.AccountPassword(viewer, accountId, login));
        });
  }

  /**
   * Checks and hashes a mailbox's password before the transaction that sets it begins.
   *
   * @param address of the mailbox: the password is good for this name only
   * @param about other words that it must not be built from
   * @throws dev.postroom.directory.DirectoryProblem field {@code password} when it is too weak
   */
  public PasswordHash hashForMailbox(String address, String password, List<String> about) {
    var hash = hash(password, Stream.concat(Stream.of(address), about.stream()).toList());
    if (!vault.isOn()) {
      return hash;
    }
    var name = Logins.mailboxName(address);
    var keys = hashing.soon(() -> vault.derive(name, password)).join();
    return new PasswordHash(hash.phc(), vault.seal(name, keys));
  }

  /**
   * Checks and hashes an account's password before the transaction that sets it begins.
   *
   * @throws dev.postroom.directory.DirectoryProblem field {@code password} when it is too weak
   */
  public PasswordHash hash(String password, List<String> about) {
    weakness(password, about)
        .ifPresent(
            why -> {
              throw new DirectoryProblem(DirectoryProblem.Kind.INVALID, "password", why);
            });
    return hashing.hash(password);
  }

  /**
   * Says in words why a password is too weak; empty when it is good enough.
   *
   * @param about words that it must not be built from: the address, the name
   */
  public Optional<String> weakness(String password, List<String> about) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH) {
      return Optional.of("A password has at least " + MIN_LENGTH + " characters.");
    }
    if (password.length() > MAX_LENGTH) {
      return Optional.of("A password has at most " + MAX_LENGTH + " characters.");
    }
    if (password.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("A password has no control characters.");
    }
    var strength =
        meter.measure(
            password.substring(0, Math.min(password.length(), MEASURED_LENGTH)), words(about));
    if (strength.getScore() >= GOOD_SCORE) {
      return Optional.empty();
    }
    var warning = strength.getFeedback().getWarning();
    return Optional.of(
        "This password is easy to guess."
            + (warning == null || warning.isBlank() ? "" : " " + warning.strip() + ".")
            + " Several uncommon words, or a generated password, are better.");
  }

  private static List<String> words(List<String> about) {
    return about.stream()
        .flatMap(
            text ->
                Stream.concat(Stream.of(text), List.of(text.split("[^\\p{L}\\p{N}]+")).stream()))
        .filter(word -> word.length() > 2)
        .toList();
  }

  /** A strong password that a person can type. */
  public String generate() {
    var password = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
      if (i > 0 && i % GROUP_LENGTH == 0) {
        password.append('-');
      }
      password.append(TYPEABLE.charAt(random.nextInt(TYPEABLE.length())));
    }
    return password.toString();
  }
}
