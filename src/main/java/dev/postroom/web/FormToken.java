package dev.postroom.web;

import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** The hidden field that every form carries, so that no other site can send it. */
final class FormToken {
  private static final String FIELD = "form-token"; // see templates/tags/token.html

  private FormToken() {}

  /**
   * The token must belong to the cookie. What browsers say of a request's origin is asked, too: it
   * needs no secret to be right.
   */
  static boolean isRight(ResteasyReactiveContainerRequestContext context, SessionToken session) {
    return !comesFromElsewhere(context)
        && isForm(context)
        && formOf(context).getFormParameter(FIELD, true, false) instanceof String token
        && session.accepts(token);
  }

  private static boolean comesFromElsewhere(ResteasyReactiveContainerRequestContext context) {
    var site = context.getHeaderString("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  private static boolean isForm(ResteasyReactiveContainerRequestContext context) {
    var type = context.getMediaType();
    return type != null && type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE);
  }

  private static ResteasyReactiveRequestContext formOf(
      ResteasyReactiveContainerRequestContext context) {
    return (ResteasyReactiveRequestContext) context.getServerRequestContext();
  }
}
