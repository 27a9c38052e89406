package dev.postroom.tls;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;

/** The certificates that listeners present, chosen by SNI. */
public interface Certificates {
  /** Chooses by the client's SNI, falls back to the first certificate; sees reloads at once. */
  X509ExtendedKeyManager keyManager();

  /** What a client that asks for this host is shown (SNI); empty when there is none at all. */
  Optional<X509Certificate> of(String host);

  /** True when there is a certificate at all: without one STARTTLS is not offered. */
  boolean available();
}
