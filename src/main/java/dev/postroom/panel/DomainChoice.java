package dev.postroom.panel;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.web.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The domains that a form offers.
 *
 * @param complete false when there are more: then the name is typed
 */
record DomainChoice(List<DomainInfo> domains, boolean complete) {
  private static final int OFFERED = 200;
  static final String FIELD = "domain";

  static DomainChoice of(Domains domains, Viewer viewer) {
    var listing = domains.list(viewer, PageRequest.first(OFFERED));
    return new DomainChoice(listing.items(), listing.pages() <= 1);
  }

  /**
   * Chooses the domain in a new form that a list of one domain's things leads to.
   *
   * @param filter the id in the address of the list, or empty
   */
  static Form preset(Domains domains, Viewer viewer, String filter, Form form) {
    var id = filter(filter);
    return id == null ? form : form.with(FIELD, domains.find(viewer, id).name().unicode());
  }

  static DomainInfo chosen(Domains domains, Viewer viewer, Form form) {
    form.required(FIELD, "Choose a domain.");
    try {
      return domains.findByName(viewer, form.domain(FIELD));
    } catch (DirectoryProblem problem) {
      throw problem.kind() == DirectoryProblem.Kind.NOT_FOUND
          ? Form.invalid(FIELD, "You have no such domain. Add it first.")
          : problem;
    }
  }

  /** The domain in the address of a list; null for all, and for what is no number. */
  static @Nullable Long filter(String text) {
    try {
      return text.isEmpty() ? null : Long.valueOf(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  public boolean isEmpty() {
    return domains.isEmpty();
  }
}
