package dev.postroom.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.Settings;
import dev.postroom.testing.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemCertificatesTest {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  @TempDir Path folder;
  private TestCertificates authority;

  @BeforeEach
  void found() throws IOException {
    authority = new TestCertificates(folder);
  }

  private static PemCertificates load(TestCertificates.Pair... pairs) {
    var settings = new HashMap<String, String>();
    for (int i = 0; i < pairs.length; i++) {
      settings.put("postroom.tls.certificates[" + i + "].chain", pairs[i].chain().toString());
      settings.put("postroom.tls.certificates[" + i + "].key", pairs[i].key().toString());
    }
    return new PemCertificates(Settings.of(TlsConfig.class, settings));
  }

  private X509Certificate presented(Certificates certificates, @Nullable String name)
      throws SSLException {
    return Handshake.certificate(certificates, authority.clientContext(), name, "TLSv1.3");
  }

  private String subject(Certificates certificates, @Nullable String name) throws SSLException {
    return presented(certificates, name).getSubjectX500Principal().getName();
  }

  @Test
  void theClientGetsTheCertificateOfTheNameItAskedFor() throws Exception {
    var certificates =
        load(
            authority.issue("a", "mail.alpha.test", "www.alpha.test"),
            authority.issue("b", "*.beta.test"),
            authority.issue("c", "mail.beta.test"));
    assertThat(subject(certificates, "mail.alpha.test")).isEqualTo("CN=mail.alpha.test");
    assertThat(subject(certificates, "WWW.alpha.test")).isEqualTo("CN=mail.alpha.test");
    assertThat(subject(certificates, "imap.beta.test")).isEqualTo("CN=*.beta.test");
    assertThat(subject(certificates, "mail.beta.test")).isEqualTo("CN=*.beta.test");
    assertThat(subject(certificates, "too.deep.beta.test")).isEqualTo("CN=mail.alpha.test");
    assertThat(subject(certificates, "elsewhere.test")).isEqualTo("CN=mail.alpha.test");
    assertThat(subject(certificates, null)).isEqualTo("CN=mail.alpha.test");
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048", "EC, 256", "EC, 384"})
  void rsaAndEllipticCurvesServeBothVersions(String type, int bits) throws Exception {
    var certificates = load(authority.issue("a", type, bits, "mail.alpha.test"));
    for (var version : VERSIONS) {
      var trust = authority.clientContext();
      var seen = Handshake.certificate(certificates, trust, "mail.alpha.test", version);
      assertThat(seen.getPublicKey().getAlgorithm()).isEqualTo(type);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out %s",
        "genrsa -traditional -out %s 2048",
        "ecparam -name prime256v1 -genkey -out %s",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out %s",
        "genpkey -algorithm ED25519 -out %s"
      })
  void everyFormOfKeyThatOpensslWritesIsRead(String command) throws Exception {
    var key = folder.resolve("openssl.key");
    var chain = folder.resolve("openssl.pem");
    openssl(command.formatted(key));
    openssl("req -x509 -key " + key + " -subj /CN=mail.alpha.test -days 2 -out " + chain);
    var certificates = load(new TestCertificates.Pair(chain, key));
    assertThat(certificates.available()).isTrue();
    var seen =
        Handshake.certificate(
            certificates, TlsContexts.opportunistic(), "mail.alpha.test", "TLSv1.3");
    assertThat(seen.getSubjectX500Principal().getName()).isEqualTo("CN=mail.alpha.test");
  }

  private static void openssl(String arguments) throws Exception {
    var command = ("openssl " + arguments).split(" ");
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private void renew(TestCertificates.Pair pair, int second) throws IOException {
    for (var file : List.of(pair.chain(), pair.key())) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(2_000_000_000 + second)));
    }
  }

  @Test
  void aRenewedCertificateIsServedAfterTheNextLook() throws Exception {
    var pair = authority.issue("a", "mail.alpha.test");
    var certificates = load(pair);
    var first = presented(certificates, "mail.alpha.test").getSerialNumber();
    renew(authority.issue("a", "mail.alpha.test"), 1);
    assertThat(presented(certificates, "mail.alpha.test").getSerialNumber()).isEqualTo(first);
    certificates.reload();
    assertThat(presented(certificates, "mail.alpha.test").getSerialNumber()).isNotEqualTo(first);
  }

  @Test
  void aRenewalThatIsHalfDoneOrBrokenKeepsTheOldCertificateUntilItIsWhole() throws Exception {
    var pair = authority.issue("a", "mail.alpha.test");
    var certificates = load(pair);
    var first = presented(certificates, "mail.alpha.test").getSerialNumber();
    var next = authority.issue("next", "mail.alpha.test");
    Files.copy(next.chain(), pair.chain(), StandardCopyOption.REPLACE_EXISTING);
    renew(pair, 1);
    certificates.reload();
    assertThat(presented(certificates, "mail.alpha.test").getSerialNumber()).isEqualTo(first);
    Files.writeString(pair.key(), "not a key");
    certificates.reload();
    assertThat(presented(certificates, "mail.alpha.test").getSerialNumber()).isEqualTo(first);
    Files.delete(pair.key());
    certificates.reload();
    assertThat(presented(certificates, "mail.alpha.test").getSerialNumber()).isEqualTo(first);
    Files.copy(next.key(), pair.key(), StandardCopyOption.REPLACE_EXISTING);
    certificates.reload();
    assertThat(presented(certificates, "mail.alpha.test").getSerialNumber()).isNotEqualTo(first);
  }

  @Test
  void oneBrokenPairLeavesTheOthers() throws Exception {
    var broken = authority.issue("a", "mail.alpha.test");
    Files.writeString(broken.chain(), "nothing");
    var certificates = load(broken, authority.issue("b", "mail.beta.test"));
    assertThat(subject(certificates, "mail.alpha.test")).isEqualTo("CN=mail.beta.test");
  }

  @Test
  void withoutACertificateThereIsNoTls() {
    assertThat(load().available()).isFalse();
  }
}
