package dev.postroom.web;

import dev.postroom.directory.AccountInfo;
import dev.postroom.directory.Viewer;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** Who asks for this page. {@link SignInFilter} fills it in before any page is run. */
@RequestScoped
public class SignedIn {
  private Sessions.@Nullable Session session;
  private @Nullable AccountInfo account;
  private @Nullable SessionToken visitor;

  void is(Sessions.Session session, AccountInfo account) {
    this.session = session;
    this.account = account;
  }

  void isNobody(SessionToken visitor) {
    this.visitor = visitor;
  }

  public boolean isSomebody() {
    return account != null;
  }

  public AccountInfo account() {
    if (account == null) {
      throw new IllegalStateException("nobody is signed in");
    }
    return account;
  }

  public Viewer.Person viewer() {
    var who = account();
    return new Viewer.Person(who.id(), who.role(), who.login());
  }

  Sessions.Session session() {
    if (session == null) {
      throw new IllegalStateException("nobody is signed in");
    }
    return session;
  }

  /** What every form on the page carries; empty before the filter has run. */
  String formToken() {
    if (session != null) {
      return session.token().formToken();
    }
    return visitor == null ? "" : visitor.formToken();
  }
}
