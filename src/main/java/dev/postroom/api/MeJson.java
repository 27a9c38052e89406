package dev.postroom.api;

import dev.postroom.directory.Viewer;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whose token this is. */
@Schema(name = "Me")
public record MeJson(long accountId, String role, String login) {
  static MeJson of(Viewer.Person person) {
    return new MeJson(
        person.accountId(), person.role().name().toLowerCase(Locale.ROOT), person.login());
  }
}
