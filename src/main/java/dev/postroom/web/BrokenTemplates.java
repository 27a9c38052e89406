package dev.postroom.web;

import io.quarkus.qute.TemplateException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Pages are rendered after their method has returned, where {@link PageErrors} does not reach. */
@ApplicationScoped
public class BrokenTemplates {
  private final ErrorPages errors;

  BrokenTemplates(ErrorPages errors) {
    this.errors = errors;
  }

  @ServerExceptionMapper
  public Response explain(TemplateException broken) {
    return errors.broken(broken);
  }
}
