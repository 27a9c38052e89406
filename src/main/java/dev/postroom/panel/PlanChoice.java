package dev.postroom.panel;

import dev.postroom.directory.PageRequest;
import dev.postroom.directory.PlanInfo;
import dev.postroom.directory.Plans;
import dev.postroom.directory.Viewer;
import dev.postroom.web.Form;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plans that a form offers. */
@ApplicationScoped
class PlanChoice {
  static final String FIELD = "planId";
  private static final int OFFERED = 500;

  private final Plans plans;

  PlanChoice(Plans plans) {
    this.plans = plans;
  }

  List<PlanInfo> offered(Viewer viewer) {
    return plans.list(viewer, PageRequest.first(OFFERED)).items();
  }

  /** Null for no limits. */
  static @Nullable Long chosen(Form form) {
    return form.text(FIELD).isEmpty() ? null : (Long) form.whole(FIELD, "Choose one of the plans.");
  }
}
