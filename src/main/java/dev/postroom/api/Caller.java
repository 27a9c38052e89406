package dev.postroom.api;

import dev.postroom.directory.Viewer;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** Who makes this call. */
@RequestScoped
class Caller {
  private Viewer.@Nullable Person viewer;

  void is(Viewer.Person person) {
    viewer = person;
  }

  Viewer.Person viewer() {
    if (viewer == null) {
      throw new IllegalStateException("a resource outside the token filter");
    }
    return viewer;
  }
}
