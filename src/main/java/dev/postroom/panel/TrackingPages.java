package dev.postroom.panel;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.mail.TraceId;
import dev.postroom.trace.MessageStory;
import dev.postroom.trace.TrailLine;
import dev.postroom.trace.Trails;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What became of a message: the search, and the story of one. */
@Path("/tracking")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class TrackingPages {
  /** A line of the list. */
  record Row(TrailLine line, String path) {}

  @CheckedTemplate(
      basePath = "panel/tracking",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record TrackingList(
      Page page, List<Row> rows, TrackingSearch search, String problem, String next, int days)
      implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/tracking",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record TrackingShow(
      Page page,
      MessageStory story,
      List<Sentence> sentences,
      String sender,
      List<String> recipients)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Trails trails;
  private final PanelConfig config;

  TrackingPages(Pages pages, SignedIn signedIn, Trails trails, PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.trails = trails;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @BeanParam TrackingSearch search, @RestQuery @DefaultValue("") String after) {
    try {
      var found = trails.search(signedIn.viewer(), search.query(), after, config.pageSize());
      var next = found.next();
      return list(
          found.lines().stream().map(TrackingPages::row).toList(),
          search,
          "",
          next == null ? "" : search.path(next));
    } catch (DirectoryProblem wrong) {
      return list(List.of(), search, String.valueOf(wrong.getMessage()), "");
    }
  }

  private TemplateInstance list(
      List<Row> rows, TrackingSearch search, String problem, String next) {
    return new TrackingList(
        pages.page("Track mail", Page.Section.TRACKING),
        rows,
        search,
        problem,
        next,
        trails.keptDays());
  }

  private static Row row(TrailLine line) {
    return new Row(line, path(line.trace(), line.recipient()));
  }

  /** Where the story of a message is told. */
  static String path(TraceId trace, String recipient) {
    return "/tracking/"
        + trace
        + (recipient.isEmpty() ? "" : "?to=" + TrackingSearch.encoded(recipient));
  }

  @GET
  @Path("{trace}")
  public TemplateInstance show(@RestPath String trace, @RestQuery @DefaultValue("") String to) {
    var story = find(trace.toLowerCase(Locale.ROOT), to);
    if (story == null) {
      throw new DirectoryProblem(
          DirectoryProblem.Kind.NOT_FOUND,
          "",
          "Nothing is known of this message. What happened long ago is forgotten.");
    }
    var head = story.head();
    return new TrackingShow(
        pages.page("Track mail", Page.Section.TRACKING),
        story,
        Telling.of(story),
        head == null ? "" : head.sender(),
        story.happenings().stream()
            .map(MessageStory.Happening::recipient)
            .filter(one -> !one.isEmpty() && !Telling.isToldByReport(story, one))
            .distinct()
            .toList());
  }

  private @Nullable MessageStory find(String trace, String recipient) {
    return TraceId.isValid(trace)
        ? trails.story(signedIn.viewer(), new TraceId(trace), recipient).orElse(null)
        : null;
  }
}
