package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.ScramClient;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SCRAM with and without channel binding, over real TLS connections, new and resumed ones. */
@PostroomTest
class ScramTest {
  @Inject TestSessions sessions;
  @Inject Fixtures fixtures;

  private String ann = "";
  private SSLContext context;

  @BeforeEach
  void aMailbox() {
    ann = fixtures.mailbox(fixtures.domain(), "ann").address().toString();
    context = PostroomServer.certificates().clientContext();
  }

  private SSLSocket connect(String version) throws IOException {
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", sessions.port("imaps"));
    socket.setEnabledProtocols(new String[] {version});
    socket.setSoTimeout(15_000);
    socket.startHandshake();
    return socket;
  }

  private static byte[] exporter(SSLSocket socket) throws Exception {
    return ((ExtendedSSLSession) socket.getSession())
        .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
  }

  /** The tests' certificate is signed with SHA-256. */
  private static byte[] endPoint(SSLSocket socket) throws Exception {
    var certificate = socket.getSession().getPeerCertificates()[0];
    return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
  }

  /** The line that ends the conversation, whose greeting announces the mechanism. */
  private String hold(SSLSocket socket, String mechanism, ScramClient client) throws Exception {
    var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    assertThat(in.readLine()).contains(" AUTH=" + mechanism + " ");
    say(socket, "a AUTHENTICATE " + mechanism + " " + base64(client.first()));
    var line = in.readLine();
    if (line.startsWith("+ ")) {
      say(socket, base64(client.last(Base64.getDecoder().decode(line.substring(2)))));
      line = in.readLine();
    }
    if (line.startsWith("+ ")) {
      var proof = new String(Base64.getDecoder().decode(line.substring(2)), StandardCharsets.UTF_8);
      assertThat(proof).isEqualTo(client.serverProof());
      say(socket, "");
      line = in.readLine();
    }
    return line;
  }

  private static void say(SSLSocket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  @Test
  void theExporterOfTls13BindsNewAndResumedConnections() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (var socket = connect("TLSv1.3")) {
        var client = new ScramClient("p=tls-exporter,,", exporter(socket), ann, Fixtures.PASSWORD);
        assertThat(hold(socket, "SCRAM-SHA-256-PLUS", client)).startsWith("a OK [CAPABILITY ");
      }
    }
  }

  @Test
  void theCertificateBindsNewAndResumedConnections() throws Exception {
    for (var version : List.of("TLSv1.3", "TLSv1.3", "TLSv1.2", "TLSv1.2")) {
      try (var socket = connect(version)) {
        var client =
            new ScramClient("p=tls-server-end-point,,", endPoint(socket), ann, Fixtures.PASSWORD);
        assertThat(hold(socket, "SCRAM-SHA-256-PLUS", client)).startsWith("a OK [CAPABILITY ");
      }
    }
  }

  @Test
  void theBindingOfAnotherConnectionIsRefused() throws Exception {
    try (var one = connect("TLSv1.3");
        var other = connect("TLSv1.3")) {
      var client = new ScramClient("p=tls-exporter,,", exporter(other), ann, Fixtures.PASSWORD);
      assertThat(hold(one, "SCRAM-SHA-256-PLUS", client))
          .isEqualTo("a NO [AUTHENTICATIONFAILED] channel-bindings-dont-match");
    }
  }

  @Test
  void withoutAChannelBindingItWorksAndAWrongPasswordDoesNot() throws Exception {
    try (var socket = connect("TLSv1.2")) {
      var client = new ScramClient("n,,", new byte[0], ann, Fixtures.PASSWORD);
      assertThat(hold(socket, "SCRAM-SHA-256", client)).startsWith("a OK ");
    }
    try (var socket = connect("TLSv1.3")) {
      var client = new ScramClient("n,,", new byte[0], ann, "wrong");
      assertThat(hold(socket, "SCRAM-SHA-256", client))
          .isEqualTo("a NO [AUTHENTICATIONFAILED] wrong name or password");
    }
    try (var socket = connect("TLSv1.3")) {
      var client = new ScramClient("y,,", new byte[0], ann, Fixtures.PASSWORD);
      assertThat(hold(socket, "SCRAM-SHA-256", client))
          .isEqualTo("a NO [AUTHENTICATIONFAILED] server-does-support-channel-binding");
    }
  }
}
