package dev.postroom.api;

import dev.postroom.directory.PageRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which part of a list is wanted. */
public class PageParams {
  @Parameter(description = "Text that the name must contain.")
  @QueryParam("search")
  @DefaultValue("")
  public String search = "";

  @Parameter(
      description = "Counted from 1.",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "1"))
  @QueryParam("page")
  @DefaultValue("1")
  public String page = "1";

  @Parameter(
      description = "How many items a page has.",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
  @QueryParam("pageSize")
  @DefaultValue("50")
  public String pageSize = "50";

  PageRequest request() {
    return new PageRequest(
        search,
        number("page", page, Integer.MAX_VALUE),
        number("pageSize", pageSize, PageRequest.MAX_PAGE_SIZE));
  }

  private static int number(String name, String text, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // answered below
    }
    throw Body.invalid(name, "'" + name + "' is a number from 1 to " + most + ".");
  }
}
