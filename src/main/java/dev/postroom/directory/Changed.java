package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Action;
import dev.postroom.directory.DirectoryChange.Subject;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.exception.ConstraintViolationException;

/** Writes a change and tells the others, in this order and in the same transaction. */
@ApplicationScoped
class Changed {
  private final Event<DirectoryChange> changes;

  Changed(Event<DirectoryChange> changes) {
    this.changes = changes;
  }

  void created(Viewer viewer, Subject subject, long id, String name) {
    fire(viewer, subject, Action.CREATED, id, name);
  }

  void updated(Viewer viewer, Subject subject, long id, String name) {
    flush();
    fire(viewer, subject, Action.UPDATED, id, name);
  }

  void suspended(Viewer viewer, Subject subject, long id, String name, SuspensionState now) {
    flush();
    fire(viewer, subject, now.by() == null ? Action.RESUMED : Action.SUSPENDED, id, name);
  }

  /** Called before the row goes, so that others can still ask about it. */
  void removing(Viewer viewer, Subject subject, long id, String name) {
    fire(viewer, subject, Action.REMOVED, id, name);
  }

  /** Inserts; the unique key decides between two who want the same name at the same moment. */
  void insert(Object entity, String field, String taken) {
    Panache.getSession().persist(entity);
    renamed(field, taken);
  }

  /** Writes a new name; the unique key decides whether it is free. */
  void renamed(String field, String taken) {
    try {
      flush();
    } catch (ConstraintViolationException violation) {
      if (violation.getKind() == ConstraintViolationException.ConstraintKind.UNIQUE) {
        throw Problems.conflict(field, taken);
      }
      throw violation;
    }
  }

  private static void flush() {
    Panache.getSession().flush();
  }

  private void fire(Viewer viewer, Subject subject, Action action, long id, String name) {
    changes.fire(new DirectoryChange(viewer, subject, action, id, name));
  }
}
