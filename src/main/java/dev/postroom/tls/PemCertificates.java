package dev.postroom.tls;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Certificates from the PEM files that the configuration names, read again when they change. */
@Startup
@ApplicationScoped
public class PemCertificates implements Certificates {
  private static final Logger LOG = Logger.getLogger(PemCertificates.class);

  /** When the two files of a pair were last written. */
  private record Stamp(FileTime chain, FileTime key) {
    static Stamp of(TlsConfig.Pair pair) throws IOException {
      return new Stamp(
          Files.getLastModifiedTime(pair.chain()), Files.getLastModifiedTime(pair.key()));
    }
  }

  private record Loaded(Stamp stamp, Identity identity) {}

  private final List<TlsConfig.Pair> pairs;
  private final SniKeyManager keyManager = new SniKeyManager();
  // guarded by this
  private final Map<Integer, Loaded> loaded = new HashMap<>();

  @Inject
  public PemCertificates(TlsConfig config) {
    pairs = List.copyOf(config.certificates());
    reload();
    if (pairs.isEmpty()) {
      LOG.warn("no certificate is configured (postroom.tls.certificates): TLS is not offered");
    }
  }

  /** Reads what has changed. What cannot be read keeps its last good certificate. */
  @Scheduled(
      every = "${postroom.tls.check-every}",
      delayed = "${postroom.tls.check-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  public synchronized void reload() {
    boolean changed = false;
    for (int index = 0; index < pairs.size(); index++) {
      var fresh = readIfChanged(pairs.get(index), loaded.get(index));
      if (fresh != null) {
        loaded.put(index, fresh);
        changed = true;
      }
    }
    if (changed) {
      keyManager.replace(Identities.of(inOrder()));
    }
  }

  private static @Nullable Loaded readIfChanged(TlsConfig.Pair pair, @Nullable Loaded last) {
    try {
      var stamp = Stamp.of(pair);
      if (last != null && last.stamp().equals(stamp)) {
        return null;
      }
      var identity = PemFiles.read(pair.chain(), pair.key());
      LOG.infof(
          "certificate for %s, valid until %s",
          identity.names(), identity.certificate().getNotAfter().toInstant());
      return new Loaded(stamp, identity);
    } catch (IOException broken) {
      LOG.errorf(
          "certificate not loaded%s: %s",
          last == null ? "" : ", the one before stays in use", broken.toString());
      return null;
    }
  }

  private List<Identity> inOrder() {
    var identities = new ArrayList<Identity>();
    for (int index = 0; index < pairs.size(); index++) {
      var pair = loaded.get(index);
      if (pair != null) {
        identities.add(pair.identity());
      }
    }
    return identities;
  }

  @Override
  public X509ExtendedKeyManager keyManager() {
    return keyManager;
  }

  @Override
  public Optional<X509Certificate> of(String host) {
    return keyManager.certificate(host);
  }

  @Override
  public boolean available() {
    return !keyManager.isEmpty();
  }
}
