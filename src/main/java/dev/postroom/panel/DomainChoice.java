package dev.postroom.panel;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.web.Form;
import java.util.List;

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

  static DomainInfo chosen(Domains domains, Viewer viewer, Form form) {
    form.required(FIELD, "Choose a domain.");
    return domains.findByName(viewer, form.domain(FIELD));
  }

  public boolean isEmpty() {
    return domains.isEmpty();
  }
}
