package dev.postroom.auth;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.ref.SoftReference;
import java.util.List;

/**
 * Measures how hard a password is to guess. The dictionaries fill some 10 MB of heap, so they are
 * read when they are wanted and let go when nobody has wanted them for a while.
 */
@ApplicationScoped
class PasswordStrength {
  private SoftReference<Zxcvbn> meter = new SoftReference<>(null);

  /**
   * @param about words that the password must not be built from
   */
  Strength measure(String password, List<String> about) {
    return meter().measure(password, about);
  }

  private synchronized Zxcvbn meter() {
    var kept = meter.get();
    if (kept == null) {
      kept = new Zxcvbn();
      meter = new SoftReference<>(kept);
    }
    return kept;
  }
}
