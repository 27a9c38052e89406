package dev.postroom.directory;

import dev.postroom.directory.DirectoryProblem.Kind;

/** The words of the directory's problems, made in one place. */
final class Problems {
  private Problems() {}

  static DirectoryProblem notFound(String what) {
    return new DirectoryProblem(Kind.NOT_FOUND, "", "There is no such " + what + ".");
  }

  static DirectoryProblem forbidden(String message) {
    return new DirectoryProblem(Kind.FORBIDDEN, "", message);
  }

  static DirectoryProblem invalid(String field, String message) {
    return new DirectoryProblem(Kind.INVALID, field, message);
  }

  static DirectoryProblem conflict(String field, String message) {
    return new DirectoryProblem(Kind.CONFLICT, field, message);
  }

  static DirectoryProblem limit(String message) {
    return new DirectoryProblem(Kind.LIMIT, "", message);
  }
}
