package dev.postroom.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which messages are meant: all that agree with everything that is said. */
final class SelectionOptions {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "As 'queue list' shows them.")
  List<Long> ids = new ArrayList<>();

  @Option(names = "--sender", paramLabel = "ADDRESS", description = "'<>' for reports.")
  String sender = "";

  @Option(names = "--customer", paramLabel = "LOGIN", description = "Whose mail.")
  String customer = "";

  @Option(names = "--destination", paramLabel = "DOMAIN", description = "Of the recipient.")
  String destination = "";

  @Option(names = "--search", paramLabel = "TEXT", description = "In sender or recipient.")
  String search = "";

  @Option(names = "--state", paramLabel = "STATE", description = "waiting, sending or held.")
  String state = "";

  @Option(names = "--all", description = "Everything, when nothing else is said.")
  boolean all;

  Map<String, String> query(Api api) {
    return Map.of(
        "sender", sender,
        "accountId", customer.isEmpty() ? "" : Long.toString(account(api)),
        "destination", destination,
        "search", search,
        "state", state);
  }

  ObjectNode body(Api api) {
    var body = Api.object().put("all", all);
    if (!ids.isEmpty()) {
      var array = body.putArray("ids");
      ids.forEach(array::add);
    }
    put(body, "sender", sender);
    put(body, "destination", destination);
    put(body, "search", search);
    put(body, "state", state);
    if (!customer.isEmpty()) {
      body.put("accountId", account(api));
    }
    return body;
  }

  private static void put(ObjectNode body, String name, String value) {
    if (!value.isEmpty()) {
      body.put(name, value);
    }
  }

  long account(Api api) {
    return account(api, customer);
  }

  static long account(Api api, String login) {
    var found =
        Api.read(api.get("/accounts", Map.of("search", login, "pageSize", "500"))).path("items");
    for (var account : found) {
      if (account.path("login").asText().equalsIgnoreCase(login)) {
        return account.path("id").asLong();
      }
    }
    throw new ApiFailure(PostroomCommand.REFUSED, "There is no account '" + login + "'.");
  }
}
