package dev.postroom.panel;

import dev.postroom.directory.Domains;
import dev.postroom.directory.GroupInfo;
import dev.postroom.directory.GroupSenders;
import dev.postroom.directory.Groups;
import dev.postroom.directory.PageRequest;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Groups: the list, adding, changing and removing one. */
@Path("/groups")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class GroupPages {
  private static final String NEW = "Add a group";
  private static final String WHO = "who";
  private static final String EVERYONE = "everyone";
  private static final String LISTED = "listed";
  private static final String SENDERS = "senders";

  @CheckedTemplate(basePath = "panel/groups", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record GroupList(
      Page page,
      List<GroupInfo> groups,
      String search,
      long domainId,
      DomainChoice choice,
      Pager pager)
      implements TemplateInstance {}

  @CheckedTemplate(basePath = "panel/groups", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record GroupAdd(Page page, DomainChoice choice, Form form) implements TemplateInstance {}

  @CheckedTemplate(basePath = "panel/groups", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record GroupShow(Page page, GroupInfo group, Form form) implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Domains domains;
  private final Groups groups;
  private final PanelConfig config;

  GroupPages(Pages pages, SignedIn signedIn, Domains domains, Groups groups, PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.domains = domains;
    this.groups = groups;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search,
      @RestQuery @DefaultValue("") String domain,
      @RestQuery @DefaultValue("1") int page) {
    var viewer = signedIn.viewer();
    var domainId = DomainChoice.filter(domain);
    var listing = groups.list(viewer, domainId, new PageRequest(search, page, config.pageSize()));
    return new GroupList(
        page("Groups"),
        listing.items(),
        search,
        domainId == null ? 0 : domainId,
        DomainChoice.of(domains, viewer),
        Pager.of(listing, "/groups", Map.of("q", search, "domain", domain)));
  }

  @GET
  @Path("new")
  public TemplateInstance add(@RestQuery @DefaultValue("") String domain) {
    var viewer = signedIn.viewer();
    var chosen = Form.empty().with(WHO, EVERYONE).with(SENDERS, GroupSenders.DOMAIN);
    var form = DomainChoice.preset(domains, viewer, domain, chosen);
    return new GroupAdd(page(NEW), DomainChoice.of(domains, viewer), form);
  }

  @POST
  @Path("new")
  public Response create(MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var domain = DomainChoice.chosen(domains, viewer, form);
          var localPart = form.required("localPart", "Type the part before the @.");
          var group = groups.create(viewer, domain.id(), localPart, plan(form));
          return pages.done(
              "/groups", "Group %s was added.".formatted(Words.address(group.address())));
        },
        () -> new GroupAdd(page(NEW), DomainChoice.of(domains, viewer), form));
  }

  private static Groups.Plan plan(Form form) {
    boolean everyone = form.value(WHO).equals(EVERYONE);
    return new Groups.Plan(
        everyone, everyone ? List.of() : form.addresses("members"), senders(form.value(SENDERS)));
  }

  private static GroupSenders senders(String chosen) {
    for (var senders : GroupSenders.values()) {
      if (senders.name().equals(chosen)) {
        return senders;
      }
    }
    throw Form.invalid(SENDERS, "Choose who may send to the group.");
  }

  @GET
  @Path("{id}")
  public TemplateInstance show(@RestPath long id) {
    var group = groups.find(signedIn.viewer(), id);
    return show(group, filled(group));
  }

  private Form filled(GroupInfo group) {
    var lines =
        groups.members(signedIn.viewer(), group.id()).stream()
            .map(Words::address)
            .collect(Collectors.joining("\n"));
    return Form.empty()
        .with(WHO, group.everyone() ? EVERYONE : LISTED)
        .with("members", lines)
        .with(SENDERS, group.senders());
  }

  private TemplateInstance show(GroupInfo group, Form form) {
    return new GroupShow(page(Words.address(group.address())), group, form);
  }

  @POST
  @Path("{id}")
  public Response update(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          groups.update(viewer, id, plan(form));
          return pages.done("/groups/" + id, "Saved.");
        },
        () -> show(groups.find(viewer, id), form));
  }

  @GET
  @Path("{id}/remove")
  public TemplateInstance removeForm(@RestPath long id) {
    var address = Words.address(groups.find(signedIn.viewer(), id).address());
    return new Removal(
        page("Remove " + address),
        "group",
        address,
        List.of(
            "The list of its members, who keep their mailboxes and their mail",
            "From then on, mail to this address is refused, unless a catch-all takes it"),
        false,
        "/groups/" + id + "/remove",
        "/groups/" + id,
        Form.empty());
  }

  @POST
  @Path("{id}/remove")
  public Response remove(@RestPath long id) {
    var viewer = signedIn.viewer();
    var group = groups.find(viewer, id);
    groups.remove(viewer, id);
    return pages.done("/groups", "Group %s was removed.".formatted(Words.address(group.address())));
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.GROUPS);
  }
}
