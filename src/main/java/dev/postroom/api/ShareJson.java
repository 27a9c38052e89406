package dev.postroom.api;

import dev.postroom.directory.ShareInfo;
import dev.postroom.directory.ShareLevel;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** With whom a mailbox is shared, and how. */
@Schema(name = "Share")
public record ShareJson(
    String address,
    String displayName,
    @Schema(
            enumeration = {"read", "file", "manage"},
            description = "Null when a mail program has shared single folders only.")
        @Nullable String level,
    @Schema(description = "Whether messages may be sent from the shared address.")
        boolean maySendAs) {
  static ShareJson of(ShareInfo share) {
    var level = share.level();
    return new ShareJson(
        share.guest().toString(),
        share.guestName(),
        level == null ? null : word(level),
        share.maySendAs());
  }

  private static String word(ShareLevel level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  static ShareLevel level(String word) {
    return Arrays.stream(ShareLevel.values())
        .filter(level -> word(level).equals(word))
        .findFirst()
        .orElseThrow(() -> Body.invalid("level", "The level is 'read', 'file' or 'manage'."));
  }

  /** What PUT makes of a share, whether it existed or not. */
  @Schema(name = "NewShare")
  public record New(
      @Schema(
              required = true,
              enumeration = {"read", "file", "manage"})
          @Nullable String level,
      @Schema(defaultValue = "false") @Nullable Boolean maySendAs) {}
}
