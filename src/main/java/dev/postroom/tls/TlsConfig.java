package dev.postroom.tls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The certificates of the listeners, and those of other servers. */
@ConfigMapping(prefix = "postroom.tls")
public interface TlsConfig {
  /** Certificates with their keys. */
  List<Pair> certificates();

  /** How often the files are looked at for changes; a changed pair is used at once. */
  @WithDefault("1m")
  Duration checkEvery();

  /**
   * PEM file of the authorities that are believed about other servers; without it, those that the
   * Java runtime believes.
   */
  Optional<Path> authorities();

  /** One certificate and its key. */
  interface Pair {
    /**
     * PEM file of a certificate, followed by those of its issuers. A client that names a server
     * (SNI) gets the first certificate made out to that name, every other client the first of all.
     */
    Path chain();

    /** PEM file of the private key, unencrypted: PKCS#8 or PKCS#1, RSA or EC. */
    Path key();
  }
}
