package dev.postroom.tls;

import javax.net.ssl.X509ExtendedKeyManager;

/** The certificates that listeners present, chosen by SNI. */
public interface Certificates {
  /** Chooses by the client's SNI, falls back to the first certificate; sees reloads at once. */
  X509ExtendedKeyManager keyManager();

  /** True when there is a certificate at all: without one STARTTLS is not offered. */
  boolean available();
}
