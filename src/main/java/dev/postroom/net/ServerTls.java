package dev.postroom.net;

import dev.postroom.tls.Certificates;
import dev.postroom.tls.TlsContexts;
import javax.net.ssl.SSLContext;

/** What a listener needs to speak TLS. */
record ServerTls(SSLContext context, Certificates certificates) {
  static ServerTls of(Certificates certificates) {
    return new ServerTls(TlsContexts.server(certificates), certificates);
  }

  boolean available() {
    return certificates.available();
  }
}
