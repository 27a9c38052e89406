package dev.postroom.auth;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Role;
import dev.postroom.directory.Transactions;
import dev.postroom.directory.Viewer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The first administrator, without whom nobody could create anybody. */
@ApplicationScoped
public class Setup {
  private static final Logger LOG = Logger.getLogger(Setup.class);
  private static final int MIN_TOKEN_LENGTH = 32;

  private final Accounts accounts;
  private final Passwords passwords;
  private final ApiTokens tokens;
  private final Transactions transactions;

  Setup(Accounts accounts, Passwords passwords, ApiTokens tokens, Transactions transactions) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.tokens = tokens;
    this.transactions = transactions;
  }

  void start(@Observes StartupEvent event, SetupConfig config) {
    if (config.administratorLogin().isPresent() && config.administratorPassword().isPresent()) {
      create(
          config.administratorLogin().get(),
          config.administratorPassword().get(),
          config.administratorToken());
    } else if (isEmpty()) {
      LOG.warn(
          "there is no account yet: start once with postroom.setup.administrator-login and"
              + " postroom.setup.administrator-password");
    }
  }

  private void create(String login, String password, Optional<String> token) {
    try {
      firstAdministrator(login, password, token);
    } catch (DirectoryProblem problem) {
      throw new IllegalStateException(
          "postroom.setup.administrator-" + problem.field() + ": " + problem.getMessage());
    }
  }

  /**
   * Creates the first administrator, only when there is no account at all.
   *
   * @return whether it did
   */
  public boolean firstAdministrator(String login, String password, Optional<String> token) {
    if (token.isPresent() && token.get().length() < MIN_TOKEN_LENGTH) {
      throw new IllegalArgumentException(
          "postroom.setup.administrator-token has at least " + MIN_TOKEN_LENGTH + " characters");
    }
    if (!isEmpty()) {
      return false;
    }
    var hash = passwords.hash(password, List.of(login));
    try {
      boolean created = transactions.call(() -> isEmpty() && create(login, hash, token));
      if (created) {
        LOG.infof("created the first administrator '%s'", login);
      }
      return created;
    } catch (DirectoryProblem problem) {
      if (problem.kind() == DirectoryProblem.Kind.CONFLICT) {
        return false; // another node was faster
      }
      throw problem;
    }
  }

  private boolean isEmpty() {
    return accounts.list(Viewer.SERVER, PageRequest.first(1)).total() == 0;
  }

  private boolean create(String login, PasswordHash hash, Optional<String> token) {
    var account =
        accounts.create(Viewer.SERVER, Role.ADMINISTRATOR, login, "Administrator", null, null);
    passwords.setForAccount(Viewer.SERVER, account.id(), hash);
    token.ifPresent(secret -> tokens.create(Viewer.SERVER, account.id(), "setup", secret));
    return true;
  }
}
