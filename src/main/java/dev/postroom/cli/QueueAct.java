package dev.postroom.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** What the commands have in common that do something with messages. */
abstract class QueueAct implements Runnable {
  @ParentCommand QueueCommand queue = new QueueCommand();
  @Mixin SelectionOptions selection = new SelectionOptions();

  void act(ObjectNode what, String past) {
    var postroom = queue.postroom;
    var api = postroom.api();
    var answer = api.send("POST", "/queue/actions", selection.body(api).setAll(what));
    if (postroom.json) {
      postroom.out().println(answer);
      return;
    }
    var result = Api.read(answer);
    var out = postroom.out();
    out.printf("%s: %d%n", past, result.path("touched").asLong());
    if (result.path("sending").asLong() > 0) {
      out.printf("being sent at this moment: %d%n", result.path("sending").asLong());
    }
    if (result.path("kept").asLong() > 0) {
      out.printf("held by somebody above, left as they are: %d%n", result.path("kept").asLong());
    }
    out.flush();
  }

  /** Places a standing order for the customer and the destination that were named. */
  void place(ObjectNode order) {
    var postroom = queue.postroom;
    var api = postroom.api();
    if (!selection.destination.isEmpty()) {
      order.put("destination", selection.destination);
    }
    if (!selection.customer.isEmpty()) {
      order.put("accountId", selection.account(api));
    }
    var answer = api.send("PUT", "/queue/orders", order);
    postroom
        .out()
        .println(postroom.json ? answer : "placed: order " + Api.read(answer).path("id").asLong());
  }
}
