package dev.postroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Pages of the panel and calls of the API for an account with 20,000 mailboxes, asked for by wrk.
 * There is no peer.
 */
final class WebWork implements Work {
  private static final int MAILBOXES = 20_000;
  private static final String LARGE_DOMAIN = "large.test";
  private static final String CONNECTIONS = "20";
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
  private static final Pattern TOKEN =
      Pattern.compile("name=\"form-token\"[^>]*value=\"([^\"]+)\"");

  private String cookie = "";

  @Override
  public String name() {
    return "web";
  }

  @Override
  public List<String> variants(Setting setting) {
    return List.of(
        "panel-overview",
        "panel-mailboxes",
        "panel-search",
        "api-me",
        "api-mailbox-list",
        "api-mailbox",
        "api-mailbox-put");
  }

  @Override
  public boolean worksOn(Side side) {
    return side instanceof Postroom;
  }

  @Override
  public void prepare(Side side, Setting setting) {
    var postroom = (Postroom) side;
    postroom.api("POST", "/domains", "{\"name\": \"" + LARGE_DOMAIN + "\"}");
    postroom.addMailboxes(LARGE_DOMAIN, "web", MAILBOXES);
    cookie = signIn(postroom);
    for (var variant : variants(setting)) {
      wrk(postroom, variant, 1);
    }
  }

  private static String signIn(Postroom postroom) {
    var cookies = new CookieManager();
    try (var client = HttpClient.newBuilder().cookieHandler(cookies).build()) {
      var login = URI.create("http://127.0.0.1:" + postroom.http() + "/login");
      var page =
          client.send(HttpRequest.newBuilder(login).build(), HttpResponse.BodyHandlers.ofString());
      var token = TOKEN.matcher(page.body());
      if (!token.find()) {
        throw new IllegalStateException("the login form has no token");
      }
      var form =
          "login=admin&password=" + Setting.SECRET + "&form-token=" + encoded(token.group(1));
      client.send(
          HttpRequest.newBuilder(login)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build(),
          HttpResponse.BodyHandlers.discarding());
      return cookies.getCookieStore().getCookies().stream()
          .filter(it -> it.getName().equals("postroom-session"))
          .map(it -> it.getName() + "=" + it.getValue())
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the panel did not let us in"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void run(Run run) {
    run.timed(() -> wrk((Postroom) run.side(), run.variant(), run.setting().count(3, 2)));
  }

  /** Answers how many requests were answered well. */
  private int wrk(Postroom postroom, String variant, int seconds) {
    var output =
        Commands.run(
            List.of(
                "wrk",
                "-t1",
                "-c" + CONNECTIONS,
                "-d" + seconds + "s",
                "-s",
                script(postroom, variant).toString(),
                "http://127.0.0.1:" + postroom.http() + path(variant)));
    if (output.contains("Non-2xx")) {
      throw new IllegalStateException(variant + ": " + output);
    }
    var found = REQUESTS.matcher(output);
    if (!RATE.matcher(output).find() || !found.find()) {
      throw new IllegalStateException(output);
    }
    return Integer.parseInt(found.group(1));
  }

  private Path script(Postroom postroom, String variant) {
    var lua = new StringBuilder();
    if (variant.startsWith("panel")) {
      lua.append("wrk.headers['Cookie'] = '").append(cookie).append("'\n");
    } else {
      lua.append("wrk.headers['Authorization'] = 'Bearer ").append(postroom.token()).append("'\n");
    }
    if (variant.endsWith("-put")) {
      lua.append("wrk.method = 'PUT'\nwrk.headers['Content-Type'] = 'application/json'\n");
      lua.append("wrk.body = '{\"displayName\": \"Web\", \"quotaOctets\": 1073741824}'\n");
      lua.append(
          "local n = 0\nrequest = function()\n  n = n % 20000 + 1\n  return wrk.format(nil, '");
      lua.append(path(variant)).append("' .. n .. 'web')\nend\n");
    }
    return postroom.file("wrk.lua", lua.toString());
  }

  private static String path(String variant) {
    var domain = "/api/v1/domains/" + LARGE_DOMAIN + "/mailboxes";
    return switch (variant) {
      case "panel-overview" -> "/";
      case "panel-mailboxes" -> "/mailboxes?page=200";
      case "panel-search" -> "/mailboxes?search=777";
      case "api-me" -> "/api/v1/me";
      case "api-mailbox-list" -> domain + "?page=200";
      case "api-mailbox" -> domain + "/777web";
      case "api-mailbox-put" -> domain + "/";
      default -> throw new IllegalArgumentException(variant);
    };
  }
}
