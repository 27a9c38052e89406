package dev.postroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postroom.testing.SmtpPartner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code deploy/postroom} with a command, beside a server that runs: every action on the queue. */
class CommandLineIT {
  @Test
  void everyActionOnTheQueueIsDoneFromTheCommandLine() throws Exception {
    try (var partner = SmtpPartner.start();
        var other = SmtpPartner.start();
        var demo =
            new Demo("demo-cli", "postroom.outbound.routes.\"away.example\"=" + partner.address())
                .startAfresh()) {
      partner.down();
      assertThat(Files.getPosixFilePermissions(demo.data().resolve("cli.json")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      done(demo, "status", "health   ready");

      done(demo, "queue hold --standing --destination away.example --reason trial", "placed");
      for (var name : List.of("a", "b", "c", "d")) {
        submit(demo, name + "@away.example");
      }
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> count(demo, "held") == 4);
      done(demo, "queue show " + id(demo, "a"), "Subject: to a@away.example");

      done(demo, "queue release " + id(demo, "a"), "released: 1");
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> tries(demo, "a") > 0);
      partner.up();
      done(demo, "queue retry --search a@away", "tried now: 1");
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> partner.messages().size() == 1);

      var there = "127.0.0.1:" + other.port();
      done(demo, "queue reroute " + id(demo, "b") + " --to " + there, "rerouted: 1");
      done(demo, "queue release --search b@away", "released: 1");
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> other.messages().size() == 1);

      fails(demo, 2, "queue drop " + id(demo, "c"), "Nothing was dropped");
      done(demo, "queue drop --yes --report " + id(demo, "c"), "dropped: 1");
      var order = json(demo, "queue orders").get(0).get("id").asText();
      done(demo, "queue lift " + order, "lifted");
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> partner.messages().size() == 2);
      assertThat(json(demo, "queue list").get("total").asInt()).isZero();
      submit(demo, "e@away.example");
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> partner.messages().size() == 3);

      var log = done(demo, "audit --limit 100", "hold.placed");
      assertThat(log)
          .contains("message.released", "messages.retried", "message.rerouted", "message.dropped")
          .contains("hold.lifted", "command line (");

      fails(demo, 1, "queue show 999999999", "does not wait");
      fails(demo, 1, "queue drop --yes", "Say which messages");
      fails(demo, 2, "queue nonsense", "nonsense");
      aCustomerSeesItsOwn(demo);
    }
  }

  private static void aCustomerSeesItsOwn(Demo demo) throws Exception {
    var token = demo.account("customer").get("token").asText();
    var remote = " --url http://127.0.0.1:" + demo.port("http") + " --token " + token;
    done(demo, "queue list" + remote, "0 of 0");
    fails(demo, 1, "queue reroute --all --to 127.0.0.1:25" + remote, "not allowed");
    fails(demo, 1, "queue list --url http://127.0.0.1:" + demo.port("http") + " --token x", "not");
    fails(demo, 3, "queue list --url http://127.0.0.1:9 --token x", "cannot be reached");
  }

  private static void submit(Demo demo, String to) throws Exception {
    var ann = demo.mailbox(0);
    Shell.run(
            "swaks",
            "--server",
            "127.0.0.1",
            "--port",
            "" + demo.port("submissions"),
            "--tls-on-connect",
            "--auth",
            "PLAIN",
            "--auth-user",
            ann.address(),
            "--auth-password",
            ann.password(),
            "--from",
            ann.address(),
            "--to",
            to,
            "--header",
            "Subject: to " + to)
        .succeeded();
  }

  private static Shell.Result run(Demo demo, String words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("deploy/postroom"));
    command.addAll(List.of(words.split(" ", -1)));
    if (!words.contains("--url")) {
      command.addAll(List.of("--access", demo.data().resolve("cli.json").toString()));
    }
    return Shell.run(command.toArray(String[]::new));
  }

  private static String done(Demo demo, String words, String said) throws Exception {
    var result = run(demo, words).succeeded();
    assertThat(result.output()).contains(said);
    return result.output();
  }

  private static void fails(Demo demo, int status, String words, String said) throws Exception {
    var result = run(demo, words);
    assertThat(result.output()).contains(said);
    assertThat(result.status()).as(words).isEqualTo(status);
  }

  private static JsonNode json(Demo demo, String words) throws Exception {
    return new ObjectMapper().readTree(run(demo, words + " --json").succeeded().output());
  }

  private static int count(Demo demo, String state) throws Exception {
    return json(demo, "queue list --state " + state).get("total").asInt();
  }

  private static JsonNode message(Demo demo, String name) throws Exception {
    return json(demo, "queue list --search " + name + "@away.example").at("/items/0");
  }

  private static String id(Demo demo, String name) throws Exception {
    return message(demo, name).get("id").asText();
  }

  private static int tries(Demo demo, String name) throws Exception {
    return message(demo, name).path("attempts").asInt();
  }
}
