package dev.postroom.directory;

import jakarta.enterprise.context.ApplicationScoped;

/** Plans: administrators have them for everybody, resellers for their own customers. */
@ApplicationScoped
public class Plans {
  public Listing<PlanInfo> list(Viewer viewer, PageRequest request) {
    throw new UnsupportedOperationException();
  }

  public PlanInfo find(Viewer viewer, long planId) {
    throw new UnsupportedOperationException();
  }

  public PlanInfo create(Viewer viewer, String name, PlanLimits limits) {
    throw new UnsupportedOperationException();
  }

  public PlanInfo update(Viewer viewer, long planId, String name, PlanLimits limits) {
    throw new UnsupportedOperationException();
  }

  /** Refused ({@code CONFLICT}) while accounts are on it. */
  public void remove(Viewer viewer, long planId) {
    throw new UnsupportedOperationException();
  }
}
