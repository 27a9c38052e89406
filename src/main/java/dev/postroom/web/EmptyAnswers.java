package dev.postroom.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives a page to refusals of the framework that have none: no such path, no such method. */
@ApplicationScoped
public class EmptyAnswers {
  private static final int FIRST_ERROR = 400;

  private final ErrorPages errors;

  EmptyAnswers(ErrorPages errors) {
    this.errors = errors;
  }

  @ServerResponseFilter
  public void fill(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() < FIRST_ERROR
        || response.hasEntity()
        || request.getUriInfo().getPath().startsWith(SignInFilter.API)) {
      return;
    }
    var page = response.getStatus() == 404 ? errors.notFound() : errors.other(response.getStatus());
    response.setEntity(page.getEntity(), null, MediaType.TEXT_HTML_TYPE);
  }
}
