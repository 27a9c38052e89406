package dev.postroom.api;

import dev.postroom.queue.Selection;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which waiting messages are wanted; all that is said must agree. */
public class QueueParams {
  @Parameter(description = "The reverse-path, '<>' for reports.")
  @QueryParam("sender")
  @DefaultValue("")
  public String sender = "";

  @Parameter(description = "The id of the account whose mail it is.")
  @QueryParam("accountId")
  public @Nullable Long accountId;

  @Parameter(description = "The domain of the recipient.")
  @QueryParam("destination")
  @DefaultValue("")
  public String destination = "";

  @Parameter(description = "waiting, sending or held.")
  @QueryParam("state")
  @DefaultValue("")
  public String state = "";

  Selection selection(String search) {
    return Selection.search(search)
        .from(sender)
        .ofAccount(accountId)
        .to(destination(destination))
        .in(state(state));
  }

  static String destination(String text) {
    return text.isEmpty() ? "" : Body.domain("destination", text).ascii();
  }

  static Selection.@Nullable State state(String text) {
    if (text.isEmpty()) {
      return null;
    }
    return Arrays.stream(Selection.State.values())
        .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> Body.invalid("state", "A state is waiting, sending or held."));
  }
}
