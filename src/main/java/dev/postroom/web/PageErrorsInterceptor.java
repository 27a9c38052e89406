package dev.postroom.web;

import dev.postroom.directory.DirectoryProblem;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Turns what a page throws into the page that explains it; the API has its own words for it. */
@PageErrors
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class PageErrorsInterceptor {
  private final ErrorPages errors;

  PageErrorsInterceptor(ErrorPages errors) {
    this.errors = errors;
  }

  @AroundInvoke
  @Nullable Object explain(InvocationContext context) throws Exception {
    try {
      return context.proceed();
    } catch (WebApplicationException answered) {
      throw answered;
    } catch (DirectoryProblem problem) {
      throw new WebApplicationException(explained(problem));
    } catch (RuntimeException broken) {
      throw new WebApplicationException(errors.broken(broken));
    }
  }

  private Response explained(DirectoryProblem problem) {
    return switch (problem.kind()) {
      case NOT_FOUND -> errors.notFound();
      case FORBIDDEN, INVALID, CONFLICT, LIMIT ->
          errors.forbidden(Form.sentence(problem.getMessage()));
    };
  }
}
