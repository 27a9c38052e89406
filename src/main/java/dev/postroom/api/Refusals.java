package dev.postroom.api;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives problem JSON to what is refused before a resource is called. */
public class Refusals {
  /** JSON of the right grammar and the wrong shape: says which field it is. */
  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException mismatch) {
    var field = field(mismatch);
    var detail =
        mismatch instanceof UnrecognizedPropertyException
            ? "There is no field '" + field + "' here."
            : field.isEmpty()
                ? "A JSON object is expected."
                : "The field '" + field + "' has a value of the wrong type.";
    return Problem.of(400, "malformed", detail, field).response();
  }

  private static String field(JsonMappingException mismatch) {
    return mismatch.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  @ServerResponseFilter
  public void fill(ContainerRequestContext request, ContainerResponseContext response) {
    if (!Problem.isApi(request)) {
      return;
    }
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    if (response.getStatus() >= 400 && !(response.getEntity() instanceof Problem)) {
      response.setEntity(
          Problem.ofStatus(response.getStatus()), null, MediaType.valueOf(Problem.MEDIA_TYPE));
    }
  }
}
