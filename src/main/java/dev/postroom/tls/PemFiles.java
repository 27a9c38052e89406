package dev.postroom.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Reads certificates and keys as certificate authorities and their clients write them. */
final class PemFiles {
  private PemFiles() {}

  /**
   * @throws IOException in words for the administrator: what is wrong with which file
   */
  static Identity read(Path chainFile, Path keyFile) throws IOException {
    try {
      var chain = certificates(chainFile);
      var key = key(keyFile);
      if (!belongTogether(key, chain.getFirst().getPublicKey())) {
        throw new IOException("the key in " + keyFile + " is not that of " + chainFile);
      }
      return Identity.of(key, chain);
    } catch (GeneralSecurityException | RuntimeException broken) {
      throw new IOException(
          "cannot use " + chainFile + " with " + keyFile + ": " + broken.getMessage(), broken);
    }
  }

  static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var chain = new ArrayList<X509Certificate>();
    try (var pem = new PEMParser(Files.newBufferedReader(file))) {
      for (var object = pem.readObject(); object != null; object = pem.readObject()) {
        if (object instanceof X509CertificateHolder holder) {
          var octets = new ByteArrayInputStream(holder.getEncoded());
          chain.add((X509Certificate) factory.generateCertificate(octets));
        }
      }
    }
    if (chain.isEmpty()) {
      throw new IOException("no certificate in " + file);
    }
    return chain;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    try (var pem = new PEMParser(Files.newBufferedReader(file))) {
      for (var object = pem.readObject(); object != null; object = pem.readObject()) {
        switch (object) {
          case PEMKeyPair pair -> {
            return key(pair.getPrivateKeyInfo());
          }
          case PrivateKeyInfo info -> {
            return key(info);
          }
          case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
              throw new IOException("the key in " + file + " is encrypted");
          default -> {} // EC PARAMETERS, a certificate kept in the same file
        }
      }
    }
    throw new IOException("no private key in " + file);
  }

  private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
    var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  /** While a renewal writes the two files one after the other, they do not. */
  private static boolean belongTogether(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    var signature =
        Signature.getInstance(
            switch (key.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> key.getAlgorithm(); // EdDSA signs under its own name
            });
    var probe = new byte[32];
    signature.initSign(key);
    signature.update(probe);
    var signed = signature.sign();
    signature.initVerify(certified);
    signature.update(probe);
    return signature.verify(signed);
  }
}
