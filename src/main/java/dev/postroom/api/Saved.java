package dev.postroom.api;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DirectoryProblem.Kind;
import dev.postroom.directory.Transactions;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What PUT has made of a resource.
 *
 * @param created false when it existed before
 */
record Saved<T>(T value, boolean created) {
  private static final int MAX_ATTEMPTS = 5;

  /**
   * Creates or updates. Between the look and the creation somebody else may have been faster: then
   * look again.
   */
  static <T> Saved<T> put(
      Transactions transactions, Supplier<T> find, Supplier<T> create, Function<T, T> update) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transactions.call(() -> once(find, create, update));
      } catch (DirectoryProblem problem) {
        boolean lost = problem.kind() == Kind.CONFLICT || problem.kind() == Kind.NOT_FOUND;
        if (!lost || attempt == MAX_ATTEMPTS) {
          throw problem;
        }
      }
    }
  }

  private static <T> Saved<T> once(Supplier<T> find, Supplier<T> create, Function<T, T> update) {
    var found = orEmpty(find);
    return found.isPresent()
        ? new Saved<>(update.apply(found.get()), false)
        : new Saved<>(create.get(), true);
  }

  private static <T> Optional<T> orEmpty(Supplier<T> find) {
    try {
      return Optional.of(find.get());
    } catch (DirectoryProblem problem) {
      if (problem.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw problem;
    }
  }

  <J> RestResponse<J> answer(J json, URI location) {
    return created
        ? RestResponse.ResponseBuilder.<J>created(location).entity(json).build()
        : RestResponse.ok(json);
  }
}
