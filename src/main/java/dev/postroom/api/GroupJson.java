package dev.postroom.api;

import dev.postroom.directory.GroupInfo;
import dev.postroom.directory.GroupSenders;
import dev.postroom.mail.MailAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A group: one address for many mailboxes. */
@Schema(name = "Group")
public record GroupJson(
    String address,
    @Schema(description = EVERYONE) boolean everyone,
    @Schema(description = "How many mailboxes it reaches.") long size,
    @Schema(
            enumeration = {"anyone", "domain", "members"},
            description = SENDERS)
        String senders,
    Instant createdAt) {
  private static final String EVERYONE =
      "It reaches all mailboxes of the domain; otherwise its members.";
  private static final String SENDERS =
      "Who may send to it: anyone, users of its domain, or its members, who have to log in.";

  static GroupJson of(GroupInfo group) {
    return new GroupJson(
        group.address().toString(),
        group.everyone(),
        group.members(),
        word(group.senders()),
        group.createdAt());
  }

  private static String word(GroupSenders senders) {
    return senders.name().toLowerCase(Locale.ROOT);
  }

  static GroupSenders senders(@Nullable String text) {
    if (text == null) {
      return GroupSenders.DOMAIN;
    }
    return Arrays.stream(GroupSenders.values())
        .filter(senders -> word(senders).equals(text))
        .findFirst()
        .orElseThrow(
            () -> Body.invalid("senders", "One of anyone, domain and members is expected."));
  }

  /** With the members that are listed. */
  @Schema(name = "GroupWithMembers")
  public record Whole(
      String address,
      @Schema(description = EVERYONE) boolean everyone,
      List<String> members,
      @Schema(description = "How many mailboxes it reaches.") long size,
      @Schema(
              enumeration = {"anyone", "domain", "members"},
              description = SENDERS)
          String senders,
      Instant createdAt) {
    static Whole of(GroupInfo group, List<MailAddress> members) {
      return new Whole(
          group.address().toString(),
          group.everyone(),
          members.stream().map(MailAddress::toString).toList(),
          group.members(),
          word(group.senders()),
          group.createdAt());
    }
  }

  /** What PUT makes of a group, whether it existed or not. */
  @Schema(name = "NewGroup")
  public record New(
      @Schema(defaultValue = "false", description = EVERYONE) @Nullable Boolean everyone,
      @Schema(description = "Mailboxes of the same account; none for everyone.")
          @Nullable List<@Nullable String> members,
      @Schema(
              enumeration = {"anyone", "domain", "members"},
              defaultValue = "domain",
              description = SENDERS)
          @Nullable String senders) {}
}
