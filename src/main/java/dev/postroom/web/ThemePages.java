package dev.postroom.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** Remembers whether somebody likes it light or dark. */
@Path("/theme")
@PageErrors
@RunOnVirtualThread
public class ThemePages {
  private static final Duration REMEMBERED = Duration.ofDays(365);

  private final Pages pages;

  ThemePages(Pages pages) {
    this.pages = pages;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response choose(MultivaluedMap<String, String> fields, HttpServerRequest request) {
    var form = Form.of(fields);
    var theme = Page.Theme.of(form.value("theme"));
    if (theme == Page.Theme.SYSTEM) {
      Cookies.THEME.clear(request);
    } else {
      Cookies.THEME.write(request, theme.word(), REMEMBERED);
    }
    return pages.go(LocalPath.of(form.value("back")));
  }
}
