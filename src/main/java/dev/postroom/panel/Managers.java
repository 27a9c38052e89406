package dev.postroom.panel;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Role;
import dev.postroom.web.SignedIn;

/** Pages that are for administrators and resellers; to others they do not exist. */
final class Managers {
  private Managers() {}

  static void require(SignedIn signedIn) {
    if (signedIn.viewer().role() == Role.CUSTOMER) {
      throw new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such page.");
    }
  }

  /** Pages about the server as a whole. */
  static void requireAdministrator(SignedIn signedIn) {
    if (signedIn.viewer().role() != Role.ADMINISTRATOR) {
      throw new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such page.");
    }
  }

  /** One's own password is changed with the current one, on the page of one's own account. */
  static void requireOther(SignedIn signedIn, long accountId) {
    if (signedIn.viewer().accountId() == accountId) {
      throw new DirectoryProblem(
          DirectoryProblem.Kind.FORBIDDEN, "", "Change your own password under My account.");
    }
  }
}
