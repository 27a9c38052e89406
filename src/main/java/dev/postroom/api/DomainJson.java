package dev.postroom.api;

import dev.postroom.directory.DomainInfo;
import dev.postroom.dnscheck.ControlCheck;
import dev.postroom.dnscheck.ControlResult;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A domain. */
@Schema(name = "Domain")
public record DomainJson(
    @Schema(description = "In ASCII (A-labels).", examples = "xn--bcher-kva.example") String name,
    @Schema(description = "For people.", examples = "bücher.example") String unicodeName,
    long accountId,
    String account,
    @Schema(
            enumeration = {"unproven", "proven", "vouched"},
            description = "An unproven domain takes no mail.")
        String control,
    @Schema(description = "The TXT record that proves control.") Record controlRecord,
    @Schema(description = "Where mail for unknown addresses goes; null refuses it.")
        @Nullable String catchAll,
    @Schema(description = "The domain whose addresses it has, too; null: it has its own.")
        @Nullable String aliasOf,
    SuspensionJson suspension,
    long mailboxes,
    long forwarders,
    Instant createdAt) {
  /** A record of the DNS. */
  @Schema(name = "DnsRecord")
  public record Record(String type, String name, String value) {}

  static DomainJson of(DomainInfo domain) {
    return new DomainJson(
        domain.name().ascii(),
        domain.name().unicode(),
        domain.accountId(),
        domain.accountLogin(),
        domain.control().name().toLowerCase(Locale.ROOT),
        new Record("TXT", ControlCheck.tokenName(domain), ControlCheck.tokenValue(domain)),
        domain.catchAll() == null ? null : domain.catchAll().toString(),
        domain.aliasOf() == null ? null : domain.aliasOf().ascii(),
        SuspensionJson.of(domain.suspension()),
        domain.mailboxes(),
        domain.forwarders(),
        domain.createdAt());
  }

  /** A domain to be created. */
  @Schema(name = "NewDomain")
  public record New(
      @Schema(required = true, description = "Internationalised or not.") @Nullable String name,
      @Schema(description = "Whose it becomes; left out, the caller's.")
          @Nullable Long accountId) {}

  /** Where mail for unknown addresses goes. */
  @Schema(name = "CatchAll")
  public record Target(
      @Schema(type = SchemaType.STRING, nullable = true, description = "Null refuses such mail.")
          @Nullable String target,
      @Schema(defaultValue = "false", description = ForwarderJson.VOUCHED)
          @Nullable Boolean vouched) {}

  /** Whose addresses a domain has. */
  @Schema(name = "DomainAlias")
  public record Alias(
      @Schema(
              type = SchemaType.STRING,
              nullable = true,
              description = "A domain of the same account; null: it has addresses of its own.")
          @Nullable String of) {}

  /** What a look into the DNS has shown. */
  @Schema(name = "ControlCheck")
  public record Check(
      @Schema(enumeration = {"proven", "not-yet", "dns-trouble"}) String result,
      @Schema(description = "For people.") String detail,
      DomainJson domain) {
    static Check of(ControlResult result, DomainInfo domain) {
      var json = DomainJson.of(domain);
      return switch (result) {
        case ControlResult.Proven(var evidence) ->
            new Check(
                "proven",
                switch (evidence) {
                  case TOKEN -> "The TXT record is there.";
                  case MX -> "The domain's mail goes to this server.";
                },
                json);
        case ControlResult.NotYet(var found, var advice) ->
            new Check("not-yet", found + " " + advice, json);
        case ControlResult.DnsTrouble(var why) ->
            new Check("dns-trouble", "The DNS did not answer: " + why, json);
      };
    }
  }
}
