package dev.postroom.panel;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.PageRequest;
import dev.postroom.queue.ActionResult;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.QueueAction;
import dev.postroom.queue.QueueActions;
import dev.postroom.queue.QueuedMessage;
import dev.postroom.queue.Selection;
import dev.postroom.web.Form;
import dev.postroom.web.Notice;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.TreeMap;

/** Holds, releases, retries, reroutes and drops what was ticked, or all that a filter shows. */
@Path("/queue")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class QueueActionPages {
  private static final int SHOWN = 10;

  /**
   * Asks before it is done.
   *
   * @param ids of what was ticked, with commas between; empty for all that the filter shows
   */
  @CheckedTemplate(basePath = "panel/queue", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record QueueConfirm(
      Page page,
      String what,
      long total,
      List<QueuedMessage> some,
      QueueFilter filter,
      String ids,
      Form form)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Outbox outbox;
  private final QueueActions actions;
  private final Accounts accounts;

  QueueActionPages(
      Pages pages, SignedIn signedIn, Outbox outbox, QueueActions actions, Accounts accounts) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.outbox = outbox;
    this.actions = actions;
    this.accounts = accounts;
  }

  @POST
  @Path("act")
  public Response act(MultivaluedMap<String, String> fields) {
    var filter = QueueFilter.of(fields);
    boolean all = "all".equals(fields.getFirst("which"));
    var ids = all ? "" : String.join(",", fields.getOrDefault("id", List.of()));
    if (!all && ids.isEmpty()) {
      return pages.done(filter.path(), Notice.warning("Tick the messages that you mean first."));
    }
    return switch (String.valueOf(fields.getFirst("do"))) {
      case "hold" -> done(fields, ids, new QueueAction.Hold(""));
      case "release" -> done(fields, ids, new QueueAction.Release());
      case "retry" -> done(fields, ids, new QueueAction.Retry());
      case "home" -> done(fields, ids, new QueueAction.Reroute(""));
      case "drop" -> pages.go(question("/queue/drop", filter, ids));
      case "reroute" -> pages.go(question("/queue/reroute", filter, ids));
      default -> pages.go(filter.path());
    };
  }

  private static String question(String path, QueueFilter filter, String ids) {
    var query = new TreeMap<>(filter.query());
    query.put("ids", ids);
    return Pager.address(path, query);
  }

  @GET
  @Path("drop")
  public TemplateInstance dropForm(@Context UriInfo uri) {
    return confirm("drop", uri.getQueryParameters(), Form.empty().with("report", "on"));
  }

  @POST
  @Path("drop")
  public Response drop(MultivaluedMap<String, String> fields) {
    return done(fields, ids(fields), new QueueAction.Drop(fields.containsKey("report")));
  }

  @GET
  @Path("reroute")
  public TemplateInstance rerouteForm(@Context UriInfo uri) {
    return confirm("reroute", uri.getQueryParameters(), Form.empty());
  }

  @POST
  @Path("reroute")
  public Response reroute(MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var route = form.required("route", "Name the host that they should go to.");
          return done(fields, ids(fields), new QueueAction.Reroute(route));
        },
        () -> confirm("reroute", fields, form));
  }

  private TemplateInstance confirm(String what, MultivaluedMap<String, String> fields, Form form) {
    var filter = QueueFilter.of(fields);
    var ids = ids(fields);
    var found = outbox.list(signedIn.viewer(), selection(filter, ids), PageRequest.first(SHOWN));
    return new QueueConfirm(
        pages.page(what.equals("drop") ? "Delete messages" : "Send elsewhere", Page.Section.QUEUE),
        what,
        found.total(),
        found.items(),
        filter,
        ids,
        form);
  }

  private static String ids(MultivaluedMap<String, String> fields) {
    var ids = fields.getFirst("ids");
    return ids == null ? "" : ids;
  }

  /** What was ticked is meant whatever the list was narrowed to. */
  private Selection selection(QueueFilter filter, String ids) {
    if (ids.isEmpty()) {
      return filter.selection(signedIn.viewer(), accounts);
    }
    var ticked =
        List.of(ids.split(",", -1)).stream()
            .filter(id -> id.matches("[0-9]{1,18}"))
            .limit(Selection.MAX_IDS)
            .map(Long::valueOf)
            .toList();
    if (ticked.isEmpty()) { // which would mean all
      throw new DirectoryProblem(
          DirectoryProblem.Kind.NOT_FOUND, "", "There are no such messages.");
    }
    return Selection.of(ticked);
  }

  private Response done(MultivaluedMap<String, String> fields, String ids, QueueAction action) {
    var filter = QueueFilter.of(fields);
    var result = actions.act(signedIn.viewer(), selection(filter, ids), action);
    var back = fields.containsKey("message") && isKept(action) ? "/queue/" + ids : filter.path();
    return pages.done(back, notice(action, result));
  }

  /** After it its page still has something to show. */
  private static boolean isKept(QueueAction action) {
    return switch (action) {
      case QueueAction.Hold _ -> true;
      case QueueAction.Release(), QueueAction.Retry(), QueueAction.Reroute _, QueueAction.Drop _ ->
          false;
    };
  }

  private static Notice notice(QueueAction action, ActionResult result) {
    var text = new StringBuilder(sentence(action, result));
    if (result.sending() > 0 && !(action instanceof QueueAction.Release)) {
      text.append(' ')
          .append(Words.count(result.sending(), "message is", "messages are"))
          .append(" being sent right now")
          .append(whileSending(action));
    }
    if (result.kept() > 0) {
      text.append(' ')
          .append(Words.count(result.kept(), "message is", "messages are"))
          .append(" held by your provider and stayed as they were.");
    }
    return result.touched() > 0 ? Notice.good(text.toString()) : Notice.warning(text.toString());
  }

  private static String sentence(QueueAction action, ActionResult result) {
    var count = Words.count(result.touched(), "message", "messages");
    var begun = Character.toUpperCase(count.charAt(0)) + count.substring(1);
    var verb = result.touched() == 1 ? " was " : " were ";
    return switch (action) {
      case QueueAction.Hold _ -> begun + verb + "put on hold.";
      case QueueAction.Release() -> begun + verb + "released and will be sent now.";
      case QueueAction.Retry() -> begun + " will be tried now.";
      case QueueAction.Reroute(var route) ->
          route.isEmpty()
              ? begun + " will go the usual way again."
              : begun + " will go to " + route + ".";
      case QueueAction.Drop(var report) ->
          begun + verb + "deleted" + (report ? ", and the senders are told." : ".");
    };
  }

  private static String whileSending(QueueAction action) {
    return switch (action) {
      case QueueAction.Hold _ -> ": on hold if that fails.";
      case QueueAction.Drop _ ->
          " and cannot be called back: on hold if that fails, delete them then.";
      case QueueAction.Retry(), QueueAction.Reroute _, QueueAction.Release() -> ".";
    };
  }
}
