package dev.postroom.web;

import dev.postroom.mail.TraceId;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** What somebody sees when a page cannot be shown: what happened and what to do now. */
@ApplicationScoped
public class ErrorPages {
  private static final Logger LOG = Logger.getLogger(ErrorPages.class);

  private static final String CONNECTION_EXCEPTION = "08"; // class of SQLSTATE

  private final Assets assets;
  private final Clock clock;
  private final RandomGenerator random;

  ErrorPages(Assets assets, Clock clock, RandomGenerator random) {
    this.assets = assets;
    this.clock = clock;
    this.random = random;
  }

  /**
   * @param reference for the log; empty when there is nothing to look up
   */
  @CheckedTemplate(basePath = "", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record Error(int status, String title, String text, String reference, String version)
      implements TemplateInstance {}

  Response notFound() {
    return answer(
        404,
        "There is no such page",
        "It may have been removed, or the address has a typing error. "
            + "Things of other accounts are not shown here either.",
        "");
  }

  Response forbidden(String why) {
    return answer(403, "This is not allowed", why, "");
  }

  Response formExpired() {
    return answer(
        403,
        "This form is no longer valid",
        "It was open for too long, or you have signed in or out since. Nothing was changed. "
            + "Go back, load the page again and repeat what you did.",
        "");
  }

  /** For what is nobody's fault: the database is away, and comes back. */
  private Response away(Throwable reason) {
    LOG.warnf("the database is away: %s", reason.getMessage());
    return answer(
        503,
        "Back in a moment",
        "Postroom cannot reach its database just now. Nothing was changed. Please try again soon.",
        "");
  }

  /** For what is our fault: the log has the reason, the page has an id to find it by. */
  Response broken(Throwable reason) {
    if (isDatabaseAway(reason)) {
      return away(reason);
    }
    var trace = TraceId.next(clock, random).value();
    MDC.put("trace", trace);
    try {
      LOG.errorf(reason, "a page failed (%s)", trace);
    } finally {
      MDC.remove("trace");
    }
    return answer(
        500,
        "Something went wrong on our side",
        "Please try again in a minute. If it happens again, tell your provider this number:",
        trace);
  }

  private static boolean isDatabaseAway(Throwable reason) {
    for (var cause = reason; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failed
          && (failed.getSQLState() == null
              || failed.getSQLState().startsWith(CONNECTION_EXCEPTION))) {
        return true; // without a state: the pool had no connection to give
      }
    }
    return false;
  }

  Response other(int status) {
    return answer(status, "This did not work", "Go back and try it another way.", "");
  }

  private Response answer(int status, String title, String text, String reference) {
    var page = new Error(status, title, text, reference, assets.version());
    return Response.status(status).type(MediaType.TEXT_HTML_TYPE).entity(page.render()).build();
  }
}
