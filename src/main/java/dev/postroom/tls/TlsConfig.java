package dev.postroom.tls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The certificates of the listeners. */
@ConfigMapping(prefix = "postroom.tls")
public interface TlsConfig {
  /** Certificates with their keys. */
  List<Pair> certificates();

  /** How often the files are looked at for changes; a changed pair is used at once. */
  @WithDefault("1m")
  Duration checkEvery();

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
