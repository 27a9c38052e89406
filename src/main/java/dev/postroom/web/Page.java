package dev.postroom.web;

import dev.postroom.directory.AccountInfo;
import dev.postroom.directory.Role;
import org.jspecify.annotations.Nullable;

/**
 * What the layout of every page needs to know.
 *
 * @param section which entry of the navigation is lit
 * @param account null when nobody is signed in
 * @param path of this page, to come back to
 */
public record Page(
    String title,
    Section section,
    @Nullable AccountInfo account,
    @Nullable Notice notice,
    Theme theme,
    String path,
    String formToken,
    String version) {
  /** The entries of the navigation. */
  public enum Section {
    ACTIVITY,
    OVERVIEW,
    DOMAINS,
    MAILBOXES,
    FORWARDERS,
    GROUPS,
    QUEUE,
    TRACKING,
    BULK,
    CONNECT,
    ACCOUNTS,
    CLIENTS,
    PLANS,
    MY_ACCOUNT,
    NONE
  }

  /** Light and dark, as chosen; the browser decides otherwise. */
  public enum Theme {
    SYSTEM,
    LIGHT,
    DARK;

    static Theme of(String text) {
      return switch (text) {
        case "light" -> LIGHT;
        case "dark" -> DARK;
        default -> SYSTEM;
      };
    }

    /** The value of Pico's {@code data-theme}, and of the cookie. */
    public String word() {
      return switch (this) {
        case SYSTEM -> "system";
        case LIGHT -> "light";
        case DARK -> "dark";
      };
    }
  }

  public boolean signedIn() {
    return account != null;
  }

  /** True for those who look after the accounts of others. */
  public boolean manages() {
    return account != null && account.role() != Role.CUSTOMER;
  }

  public boolean administers() {
    return account != null && account.role() == Role.ADMINISTRATOR;
  }

  public String whoIs() {
    return account == null ? "" : account.name().isBlank() ? account.login() : account.name();
  }

  public String initials() {
    var name = whoIs().strip();
    return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase();
  }

  public String roleName() {
    if (account == null) {
      return "";
    }
    return switch (account.role()) {
      case ADMINISTRATOR -> "Administrator";
      case RESELLER -> "Reseller";
      case CUSTOMER -> "Customer";
    };
  }

  /** For {@code aria-current}. */
  public boolean isAt(String name) {
    return section.name().equals(name);
  }
}
