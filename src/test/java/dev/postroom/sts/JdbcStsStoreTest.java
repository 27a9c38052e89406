package dev.postroom.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.sts.StsStore.Stored;
import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is kept is there for the next process. */
@PostroomTest
class JdbcStsStoreTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Inject AgroalDataSource database;

  private static Stored stored(String id, String mode) throws InvalidPolicyException {
    var text = "version: STSv1\r\nmode: " + mode + "\r\nmx: mx.example\r\nmax_age: 3600\r\n";
    return new Stored(id, NOW, NOW.plusSeconds(3600), StsPolicy.parse(text));
  }

  @Test
  void aPolicyIsKeptUntilItIsReplacedOrExpires() throws InvalidPolicyException {
    var store = new JdbcStsStore(database);
    assertThat(store.find("kept.sts.test")).isEmpty();
    store.keep("kept.sts.test", stored("1", "testing"));
    store.keep("kept.sts.test", stored("2", "enforce"));
    assertThat(new JdbcStsStore(database).find("kept.sts.test")).contains(stored("2", "enforce"));
    store.forget(NOW.plusSeconds(3600));
    assertThat(store.find("kept.sts.test")).isPresent();
    store.forget(NOW.plusSeconds(3601));
    assertThat(store.find("kept.sts.test")).isEmpty();
  }
}
