package dev.postroom.api;

import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the OpenAPI document says of the API as a whole. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Postroom",
            version = "1",
            description =
                "Accounts, plans, domains, mailboxes and forwarders of a Postroom server. Errors are"
                    + " problem JSON (RFC 9457); their 'type' is stable."),
    security = @SecurityRequirement(name = ApiDefinition.TOKEN))
@SecurityScheme(
    securitySchemeName = ApiDefinition.TOKEN,
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "An API token of an account, 'pr_...'.")
interface ApiDefinition {
  String TOKEN = "token";
  String PATH = "/api/v1";
}
