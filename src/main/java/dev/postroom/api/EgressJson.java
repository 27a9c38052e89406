package dev.postroom.api;

import dev.postroom.egress.EgressRule;
import dev.postroom.egress.RelayRule;
import dev.postroom.egress.RelayTls;
import dev.postroom.egress.Wanted;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** By which way the mail of an account or a domain leaves. */
@Schema(name = "Egress")
public record EgressJson(
    @Schema(description = "Takes all the mail; null: mail goes to the servers of its recipients.")
        @Nullable Relay relay,
    @Schema(description = "The IPv4 address that others see; null: the server's own choice.")
        @Nullable String source4,
    @Nullable String source6,
    @Schema(description = "The addresses that can be given.") List<String> sources,
    boolean mayChangeRelay,
    boolean mayChangeSource) {
  private static final int SUBMISSION = 587;

  static EgressJson of(EgressRule rule, List<String> sources) {
    return new EgressJson(
        relay(rule),
        orNull(rule.source4()),
        orNull(rule.source6()),
        rule.mayChangeSource() ? sources : List.of(),
        rule.mayChangeRelay(),
        rule.mayChangeSource());
  }

  private static @Nullable Relay relay(EgressRule rule) {
    var relay = rule.relay();
    if (relay == null) {
      return null;
    }
    return rule.mayChangeRelay()
        ? new Relay(relay.host(), relay.port(), word(relay.tls()), orNull(relay.login()))
        : new Relay(null, null, null, null);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String word(RelayTls tls) {
    return tls.name().toLowerCase(Locale.ROOT);
  }

  private static RelayTls tlsOf(String word) {
    return Arrays.stream(RelayTls.values())
        .filter(tls -> word(tls).equals(word))
        .findFirst()
        .orElseThrow(
            () -> Body.invalid("tls", "TLS is 'verified', 'required' or 'opportunistic'."));
  }

  /** A relay host; its password is never shown, and no more than that to who may not change it. */
  @Schema(
      name = "RelayHost",
      description = "Empty for a caller that may not change it: there is one, of the provider's.")
  public record Relay(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String tls,
      @Nullable String login) {}

  /** What PUT makes of it; what is left out is none. */
  @Schema(name = "NewEgress")
  public record New(@Nullable NewRelay relay, @Nullable String source4, @Nullable String source6) {
    Wanted wanted() {
      return new Wanted(
          relay == null ? null : relay.rule(),
          relay == null ? null : relay.password(),
          Body.or(source4, ""),
          Body.or(source6, ""));
    }
  }

  /** A relay host with its password. */
  @Schema(name = "NewRelayHost")
  public record NewRelay(
      @Schema(required = true) @Nullable String host,
      @Schema(defaultValue = "587") @Nullable Integer port,
      @Schema(
              defaultValue = "verified",
              enumeration = {"verified", "required", "opportunistic"})
          @Nullable String tls,
      @Nullable String login,
      @Schema(description = "Left out: the one that was given for this host and login before.")
          @Nullable String password) {
    RelayRule rule() {
      return new RelayRule(
          Body.required("host", host).toLowerCase(Locale.ROOT),
          Body.or(port, SUBMISSION),
          tlsOf(Body.or(tls, "verified")),
          Body.or(login, ""));
    }

    @Override
    public String toString() {
      return "NewRelay[" + host + "]";
    }
  }
}
