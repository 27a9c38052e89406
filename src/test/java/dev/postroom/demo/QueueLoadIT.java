package dev.postroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * One customer's mail to many recipients at many hosts, one of which is away and one slow, while
 * another customer sends a message now and then; in the middle the server is killed. {@code
 * -Dpostroom.load.recipients=100000 -Dpostroom.load.hosts=200} is the large run; its figures are
 * appended to {@code target/queue-load.txt}.
 */
class QueueLoadIT {
  private static final int RECIPIENTS = Integer.getInteger("postroom.load.recipients", 2000);
  private static final int HOSTS = Integer.getInteger("postroom.load.hosts", 20);
  private static final long SLOW_MILLIS = Long.getLong("postroom.load.slow-millis", 1000);

  /** Messages to the host that is slow and to the one that is away: a part of the others' share. */
  private static final int SHARE_OF_LAME = 4;

  private static final int SIZE = 1024;
  private static final int FRESH_MESSAGES = 5;
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final int MAX_WORKERS = 300;
  private static final double SECOND = 1e9;
  private static final double BETWEEN_FRESH = 0.5;

  private final List<Double> freshSeconds = Collections.synchronizedList(new ArrayList<>());
  private int freshMessages;

  @Test
  void allArriveThoughAHostIsAwayAnotherSlowAndTheServerIsKilled() throws Exception {
    try (var farm = SinkFarm.start(HOSTS, SLOW_MILLIS);
        var demo = new Demo("demo-queue", settings(farm)).startAfresh()) {
      var bulk = customer(demo, "bulk");
      var other = customer(demo, "other");
      var recipients = recipients();

      long started = System.nanoTime();
      submit(demo, bulk, recipients);
      report("%d recipients submitted in %.1f s", recipients.size(), since(started));
      for (int i = 0; i < FRESH_MESSAGES; i++) {
        fresh(demo, farm, other); // while all that may be busy is busy with bulk mail
      }
      heap(demo);
      assertThat(farm.served()).isEqualTo(FRESH_MESSAGES);
      long opened = System.nanoTime();
      farm.open();
      await(() -> farm.served() > recipients.size() / 3);
      demo.killServer();
      int beforeTheKill = farm.served();
      report(
          "killed after %d were served, %.0f a second",
          beforeTheKill, beforeTheKill / since(opened));
      assertThat(beforeTheKill).as("killed in the middle").isLessThan(recipients.size() * 3 / 4);

      demo.startAgain();
      long again = System.nanoTime();
      int servedAgain = farm.served();
      var ordinary = recipients.stream().filter(QueueLoadIT::isOrdinary).toList();
      while (farm.served() < recipients.size() * 8 / 10) {
        fresh(demo, farm, other);
        long pause = System.nanoTime();
        await(() -> farm.served() >= recipients.size() * 8 / 10 || since(pause) > BETWEEN_FRESH);
      }
      double rate = (farm.served() - servedAgain) / since(again);
      report("after the restart %.0f recipients a second", rate);
      heap(demo);
      await(() -> ordinary.stream().allMatch(farm::hasServed));
      fresh(demo, farm, other);
      report("all of the hosts that answer: %.1f s after the restart", since(again));

      farm.revive();
      await(() -> recipients.stream().allMatch(farm::hasServed));
      report("all, the slow and the revived host included: %.1f s", since(again));
      report("served once more than needed: %d", farm.duplicates());
      report(
          "%d messages of another customer: from 250 to there at most %.3f s",
          freshSeconds.size(), Collections.max(freshSeconds));
      // two recipients of a message may share a transaction
      assertThat(farm.duplicates()).isLessThanOrEqualTo(2 * MAX_WORKERS);
      assertThat(freshSeconds).as("of another customer").allMatch(seconds -> seconds < 2);
    }
  }

  private static String[] settings(SinkFarm farm) throws IOException {
    var settings = new ArrayList<>(farm.routes());
    settings.add("postroom.queue.lease=" + LEASE);
    settings.add("postroom.queue.retry-pauses=5s");
    settings.add("postroom.queue.workers=" + MAX_WORKERS);
    return settings.toArray(String[]::new);
  }

  private static List<String> recipients() {
    var recipients = new ArrayList<String>();
    for (int i = 0; recipients.size() < RECIPIENTS; i++) {
      int host = i % HOSTS;
      if (SinkFarm.isOrdinary(host) || i / HOSTS % SHARE_OF_LAME == 0) {
        recipients.add(SinkFarm.BULK + i + "@" + SinkFarm.domain(host));
      }
    }
    return recipients;
  }

  private static boolean isOrdinary(String recipient) {
    return !recipient.endsWith("@" + SinkFarm.domain(0))
        && !recipient.endsWith("@" + SinkFarm.domain(1));
  }

  /** Messages to as many hosts as there are, so that each recipient takes a transaction. */
  private static void submit(Demo demo, Demo.Login from, List<String> recipients)
      throws IOException {
    try (var program = new Submission(demo, from)) {
      int each = Math.min(HOSTS, 200);
      for (int i = 0; i < recipients.size(); i += each) {
        var some = recipients.subList(i, Math.min(recipients.size(), i + each));
        program.send("bulk " + i, SIZE, some);
      }
    }
  }

  /** A message of another customer, to a host that the others wait for too. */
  private void fresh(Demo demo, SinkFarm farm, Demo.Login from) throws IOException {
    int number = freshMessages++;
    var recipient = "fresh" + number + "@" + SinkFarm.domain(2 + number % (HOSTS - 2));
    try (var program = new Submission(demo, from)) {
      program.send("fresh " + number, SIZE, List.of(recipient));
      long accepted = System.nanoTime();
      await(() -> farm.hasServed(recipient));
      freshSeconds.add(Math.max(0, farm.servedAt(recipient) - accepted) / SECOND);
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(10, TimeUnit.MINUTES)
        .pollInterval(2, TimeUnit.MILLISECONDS)
        .until(condition);
  }

  /** A customer without limits, with a domain and a mailbox. */
  private static Demo.Login customer(Demo demo, String name) throws Exception {
    var account =
        api(
            demo,
            "POST",
            "/accounts",
            """
            {"role": "customer", "login": "%1$s", "name": "%1$s", "password": "Secret-%1$s-42-long"}"""
                .formatted(name));
    var id = new ObjectMapper().readTree(account).get("id").asLong();
    var domain = name + ".test";
    api(demo, "POST", "/domains", "{\"name\": \"%s\", \"accountId\": %d}".formatted(domain, id));
    var login = new Demo.Login("ann@" + domain, "a-long-password-of-" + name);
    api(
        demo,
        "PUT",
        "/domains/" + domain + "/mailboxes/ann",
        """
        {"displayName": "Ann", "quotaOctets": 1073741824, "password": "%s"}"""
            .formatted(login.password()));
    return login;
  }

  private static String api(Demo demo, String method, String path, String body)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + demo.port("http") + "/api/v1" + path);
    try (var client = HttpClient.newHttpClient()) {
      var response =
          client.send(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", "Bearer " + demo.account("admin").get("token").asText())
                  .header("Content-Type", "application/json")
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(method + " " + path + ": " + response.body());
      }
      return response.body();
    }
  }

  private static void heap(Demo demo) throws IOException, InterruptedException {
    var jcmd = System.getProperty("java.home") + "/bin/jcmd";
    Shell.run(jcmd, "" + demo.pid(), "GC.run");
    var heap = Shell.run(jcmd, "" + demo.pid(), "GC.heap_info").output();
    var used =
        IntStream.of(
                heap.lines()
                    .filter(line -> line.contains("heap") || line.contains("generation"))
                    .map(line -> line.replaceAll(".*used (\\d+)K.*", "$1"))
                    .filter(number -> number.matches("\\d+"))
                    .mapToInt(Integer::parseInt)
                    .toArray())
            .sum();
    report("heap in use after a collection: %d MiB", used / 1024);
  }

  private static double since(long started) {
    return (System.nanoTime() - started) / SECOND;
  }

  private static void report(String form, Object... values) throws IOException {
    var line = String.format(Locale.ROOT, form, values);
    Files.writeString(
        Path.of("target/queue-load.txt"),
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
