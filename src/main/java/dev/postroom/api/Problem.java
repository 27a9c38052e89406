package dev.postroom.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postroom.directory.DirectoryProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

/**
 * What went wrong (RFC 9457).
 *
 * @param field the input it is about; left out when it is about none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, String field) {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE = "urn:postroom:problem:";

  static Problem of(int status, String type, String detail, String field) {
    return new Problem(TYPE + type, title(type), status, detail, field);
  }

  static Problem of(DirectoryProblem problem) {
    var detail = String.valueOf(problem.getMessage());
    return switch (problem.kind()) {
      case NOT_FOUND -> of(404, "not-found", detail, problem.field());
      case FORBIDDEN -> of(403, "forbidden", detail, problem.field());
      case INVALID -> of(422, "invalid", detail, problem.field());
      case CONFLICT -> of(409, "conflict", detail, problem.field());
      case LIMIT -> of(409, "limit", detail, problem.field());
    };
  }

  /** For what the framework refuses before any of our code runs. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 400 -> of(400, "malformed", "The request, or the JSON in it, is malformed.", "");
      case 404 -> of(404, "not-found", "There is no such resource.", "");
      case 405 -> of(405, "method-not-allowed", "This resource does not know this method.", "");
      case 406 -> of(406, "not-acceptable", "Answers are JSON.", "");
      case 413 -> of(413, "too-large", "The request is too large.", "");
      case 415 -> of(415, "unsupported-media-type", "Send JSON as 'application/json'.", "");
      default ->
          status < 500
              ? of(status, "malformed", "The request was refused.", "")
              : of(status, "internal", "Something went wrong on our side.", "");
    };
  }

  private static String title(String type) {
    return switch (type) {
      case "not-found" -> "Not found";
      case "forbidden" -> "Not allowed";
      case "invalid" -> "Invalid input";
      case "conflict" -> "Conflict";
      case "limit" -> "Limit reached";
      case "unauthorized" -> "Token missing or not valid";
      case "malformed" -> "Malformed request";
      case "method-not-allowed" -> "Method not allowed";
      case "not-acceptable" -> "Not acceptable";
      case "too-large" -> "Too large";
      case "unsupported-media-type" -> "Unsupported media type";
      case "unavailable" -> "Temporarily unavailable";
      default -> "Internal error";
    };
  }

  Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this).build();
  }

  static boolean isApi(ContainerRequestContext request) {
    var path = request.getUriInfo().getPath();
    return path.equals(ApiDefinition.PATH) || path.startsWith(ApiDefinition.PATH + "/");
  }
}
