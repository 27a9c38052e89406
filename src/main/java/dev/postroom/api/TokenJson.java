package dev.postroom.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postroom.auth.ApiTokenInfo;
import dev.postroom.auth.ApiTokens;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An API token. */
@Schema(name = "Token")
public record TokenJson(
    long id,
    String label,
    Instant createdAt,
    @Schema(description = "To the minute.") @Nullable Instant lastUsedAt,
    @Schema(description = "The token itself, answered only when it is created.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String token) {
  static TokenJson of(ApiTokenInfo token) {
    return new TokenJson(token.id(), token.label(), token.createdAt(), token.lastUsedAt(), null);
  }

  static TokenJson of(ApiTokens.Created created) {
    var token = created.token();
    return new TokenJson(
        token.id(), token.label(), token.createdAt(), token.lastUsedAt(), created.secret());
  }

  @Override
  public String toString() {
    return "TokenJson[" + id + "]";
  }

  /** A token to be created. */
  @Schema(name = "NewToken")
  public record New(
      @Schema(description = "What it is for.", required = true) @Nullable String label) {}
}
