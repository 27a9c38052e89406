package dev.postroom.auth;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The SASL mechanisms that mailboxes sign in with. */
@ApplicationScoped
public class Sasl {
  private static final String SCRAM = "SCRAM-SHA-256";
  private static final String SCRAM_PLUS = "SCRAM-SHA-256-PLUS";

  private final Logins logins;
  private final ScramLogins scram;

  Sasl(Logins logins, ScramLogins scram) {
    this.logins = logins;
    this.scram = scram;
  }

  /** What to announce, the strongest first. */
  public List<String> mechanisms(ChannelBindings bindings) {
    var all = new ArrayList<String>();
    if (scram.isOn()) {
      if (ScramExchange.canBind(bindings)) {
        all.add(SCRAM_PLUS);
      }
      all.add(SCRAM);
    }
    all.add("PLAIN");
    all.add("LOGIN");
    return all;
  }

  /** By the mechanism of that name, in any case of letters; empty when it is not announced. */
  public Optional<SaslExchange> begin(String mechanism, SaslClient client) {
    var name = mechanism.toUpperCase(Locale.ROOT);
    if (!mechanisms(client.bindings()).contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (name) {
          case SCRAM_PLUS -> new ScramExchange(scram, client, true);
          case SCRAM -> new ScramExchange(scram, client, false);
          case "PLAIN" -> new PlainExchange(check(client));
          default -> new LoginExchange(check(client));
        });
  }

  private PasswordCheck check(SaslClient client) {
    return (name, password) -> logins.mailbox(name, password, client.address(), client.service());
  }

  /** What the mechanisms that tell the password do with it. */
  @FunctionalInterface
  interface PasswordCheck {
    LoginResult of(String name, String password);
  }
}
