package dev.postroom.demo;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Reads a mailbox over IMAPS with Angus Mail, octet for octet. */
final class Maildrop {
  private Maildrop() {}

  /** Every message of INBOX as Latin-1 text. */
  static List<String> read(Demo demo, Demo.Login login) throws MessagingException, IOException {
    var settings = new Properties();
    settings.put("mail.imaps.ssl.trust", "*"); // the name is 127.0.0.1; the CA is checked by curl
    settings.put("mail.imaps.partialfetch", "false");
    var session = Session.getInstance(settings);
    try (var store = session.getStore("imaps")) {
      store.connect("127.0.0.1", demo.port("imaps"), login.address(), login.password());
      try (var inbox = store.getFolder("INBOX")) {
        inbox.open(jakarta.mail.Folder.READ_ONLY);
        var texts = new ArrayList<String>();
        for (var message : inbox.getMessages()) {
          var octets = new ByteArrayOutputStream();
          message.writeTo(octets);
          texts.add(octets.toString(StandardCharsets.ISO_8859_1));
        }
        return texts;
      }
    }
  }
}
