package dev.postroom.api;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.WebApplicationException;
import org.jspecify.annotations.Nullable;

@ProblemAnswers
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class ProblemAnswersInterceptor {
  @AroundInvoke
  @Nullable Object answer(InvocationContext context) throws Exception {
    try {
      return context.proceed();
    } catch (RuntimeException failed) {
      throw new WebApplicationException(Failures.answer(failed));
    }
  }
}
