package dev.postroom.testing;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A small certificate authority in a folder, for servers and clients under test. */
public final class TestCertificates {
  /** The PEM files of one certificate. */
  public record Pair(Path chain, Path key) {}

  private static final X500Name AUTHORITY = new X500Name("CN=Postroom test authority");

  private final AtomicLong serial = new AtomicLong();
  private final Path folder;
  private final KeyPair authorityKey = newKey("EC", 256);
  private final X509CertificateHolder authority;

  public TestCertificates(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.authority = selfSigned();
    write(authorityFile(), authority);
  }

  /** The authority's own certificate: what clients are told to trust. */
  public Path authorityFile() {
    return folder.resolve("ca.pem");
  }

  /** Writes (or writes over) a certificate for these names with an elliptic curve key. */
  public Pair issue(String name, String... hosts) throws IOException {
    return issue(name, "EC", 256, hosts);
  }

  /** A certificate of the old kind: its common name is all it says about the host. */
  public Pair issueWithoutAlternativeNames(String name, String host) throws IOException {
    var pair = new Pair(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    var key = newKey("EC", 256);
    writePkcs8(pair.key(), key.getPrivate());
    write(pair.chain(), sign(builder(new X500Name("CN=" + host), key)), authority);
    return pair;
  }

  /**
   * @param keyType EC or RSA; RSA keys are written in the old form, PKCS#1
   */
  public Pair issue(String name, String keyType, int bits, String... hosts) throws IOException {
    var pair = new Pair(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    var key = newKey(keyType, bits);
    if (keyType.equals("EC")) {
      writePkcs8(pair.key(), key.getPrivate());
    } else {
      write(pair.key(), key.getPrivate());
    }
    write(pair.chain(), signed(key, hosts), authority);
    return pair;
  }

  private X509CertificateHolder selfSigned() {
    try {
      var builder = builder(AUTHORITY, authorityKey);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      return sign(builder);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private X509CertificateHolder signed(KeyPair key, String... hosts) throws IOException {
    var builder = builder(new X500Name("CN=" + hosts[0]), key);
    var names =
        Arrays.stream(hosts)
            .map(host -> new GeneralName(GeneralName.dNSName, host))
            .toArray(GeneralName[]::new);
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    return sign(builder);
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair key) {
    var now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        AUTHORITY,
        BigInteger.valueOf(serial.incrementAndGet()),
        Date.from(now.minus(Duration.ofDays(1))),
        Date.from(now.plus(Duration.ofDays(30))),
        subject,
        key.getPublic());
  }

  private X509CertificateHolder sign(X509v3CertificateBuilder builder) {
    try {
      return builder.build(
          new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate()));
    } catch (OperatorCreationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyPair newKey(String type, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(type);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void write(Path file, Object... objects) throws IOException {
    try (Writer text = Files.newBufferedWriter(file);
        var pem = new JcaPEMWriter(text)) {
      for (var object : objects) {
        pem.writeObject(object);
      }
    }
  }

  /** RFC 5958; JcaPEMWriter only writes the older forms. */
  private static void writePkcs8(Path file, PrivateKey key) throws IOException {
    var base64 = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'});
    Files.writeString(
        file,
        "-----BEGIN PRIVATE KEY-----\n"
            + base64.encodeToString(key.getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  /** For clients that trust this authority and no other. */
  public SSLContext clientContext() {
    try {
      Certificate trusted = new JcaX509CertificateConverter().getCertificate(authority);
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("authority", trusted);
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
