package dev.postroom.api;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** What the OpenAPI document says of every resource: the token and the form of errors. */
public class ApiDefinition implements OASFilter {
  static final String PATH = "/api/v1";

  private static final String TOKEN = "token";
  private static final String PROBLEM = "Problem";

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.setInfo(
        OASFactory.createInfo()
            .title("Postroom")
            .version("1")
            .description(
                "Accounts, plans, domains, mailboxes and forwarders of a Postroom server. Errors"
                    + " are problem JSON (RFC 9457); their 'type' is stable."));
    if (api.getComponents() == null) {
      api.setComponents(OASFactory.createComponents());
    }
    api.getComponents().addSecurityScheme(TOKEN, bearer()).addSchema(PROBLEM, problem());
    api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
    api.getPaths().getPathItems().values().stream()
        .flatMap(path -> path.getOperations().values().stream())
        .forEach(ApiDefinition::withErrors);
  }

  private static SecurityScheme bearer() {
    return OASFactory.createSecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme("bearer")
        .description("An API token of an account, 'pr_...'.");
  }

  private static Schema problem() {
    return object("What went wrong (RFC 9457).")
        .required(List.of("type", "title", "status"))
        .addProperty("type", text("Stable, for programs: urn:postroom:problem:limit"))
        .addProperty("title", text("Of the type, for people."))
        .addProperty("status", OASFactory.createSchema().type(List.of(Schema.SchemaType.INTEGER)))
        .addProperty("detail", text("Of this case, for people."))
        .addProperty("field", text("The input it is about; left out when it is about none."));
  }

  private static Schema object(String description) {
    return OASFactory.createSchema()
        .type(List.of(Schema.SchemaType.OBJECT))
        .description(description);
  }

  private static Schema text(String description) {
    return OASFactory.createSchema()
        .type(List.of(Schema.SchemaType.STRING))
        .description(description);
  }

  private static void withErrors(Operation operation) {
    operation.getResponses().removeAPIResponse("400"); // the framework's own, without words
    operation.getResponses().addAPIResponse("default", error());
  }

  private static APIResponse error() {
    var schema = OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM);
    return OASFactory.createAPIResponse()
        .description("What went wrong")
        .content(
            OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(schema)));
  }
}
