package dev.postroom.pop3;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** RFC 1939 §4: a maildrop is open in one session at a time. Held in this process only. */
@ApplicationScoped
class MaildropLocks {
  private final Set<Long> held = ConcurrentHashMap.newKeySet();

  /** False when another session has it. */
  boolean acquire(long mailboxId) {
    return held.add(mailboxId);
  }

  void release(long mailboxId) {
    held.remove(mailboxId);
  }
}
