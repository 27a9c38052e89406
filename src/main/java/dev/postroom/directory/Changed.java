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
  private static final int ER_DUP_ENTRY = 1062;

  private final Event<DirectoryChange> changes;

  Changed(Event<DirectoryChange> changes) {
    this.changes = changes;
  }

  void created(Viewer viewer, Subject subject, long id, String name) {
    fire(viewer, subject, Action.CREATED, id, name, "");
  }

  void updated(Viewer viewer, Subject subject, long id, String name) {
    updated(viewer, subject, id, name, "");
  }

  /**
   * @param detail what was changed, in words
   */
  void updated(Viewer viewer, Subject subject, long id, String name, String detail) {
    flush();
    fire(viewer, subject, Action.UPDATED, id, name, detail);
  }

  void suspended(Viewer viewer, Subject subject, long id, String name, SuspensionState now) {
    flush();
    fire(
        viewer,
        subject,
        now.by() == null ? Action.RESUMED : Action.SUSPENDED,
        id,
        name,
        now.reason());
  }

  /** Called before the row goes, so that others can still ask about it. */
  void removing(Viewer viewer, Subject subject, long id, String name) {
    fire(viewer, subject, Action.REMOVED, id, name, "");
  }

  /** Inserts; the unique key decides between two who want the same name at the same moment. */
  void insert(Object entity, String field, String taken) {
    unlessTaken(field, taken, () -> Panache.getSession().persist(entity));
  }

  /** Writes a new name; the unique key decides whether it is free. */
  void renamed(String field, String taken) {
    unlessTaken(field, taken, () -> {});
  }

  private static void unlessTaken(String field, String taken, Runnable write) {
    try {
      write.run();
      flush();
    } catch (ConstraintViolationException violation) {
      if (violation.getErrorCode() == ER_DUP_ENTRY) {
        throw Problems.conflict(field, taken);
      }
      throw violation;
    }
  }

  private static void flush() {
    Panache.getSession().flush();
  }

  private void fire(
      Viewer viewer, Subject subject, Action action, long id, String name, String detail) {
    changes.fire(new DirectoryChange(viewer, subject, action, id, name, detail));
  }
}
