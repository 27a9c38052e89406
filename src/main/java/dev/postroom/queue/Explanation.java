package dev.postroom.queue;

import dev.postroom.mail.EnhancedStatus;

/**
 * A status code (RFC 3463, RFC 7505, RFC 7372) in plain words.
 *
 * @param what happened
 * @param advice what the sender can do
 */
record Explanation(String what, String advice) {
  private static final String ASK_OTHERWISE =
      "Ask the recipient in another way, by telephone for example.";

  static Explanation of(ReportedOutcome outcome) {
    return switch (outcome.action()) {
      case FAILED ->
          outcome.status().equals(DropReports.DROPPED) && outcome.host().isEmpty()
              ? new Explanation(
                  "The message was taken out of the queue before it was delivered.",
                  "Ask your provider for the reason. " + ASK_OTHERWISE)
              : of(outcome.status());
      case DELAYED ->
          new Explanation("The recipient's mail server puts us off or does not answer.", "");
      case DELIVERED -> new Explanation("It was delivered.", "");
      case RELAYED ->
          new Explanation(
              "It was handed to the recipient's mail server, which reports no more.", "");
      case EXPANDED ->
          new Explanation("It was sent on to the addresses that this one stands for.", "");
    };
  }

  private static Explanation of(EnhancedStatus status) {
    return switch (status.subject()) {
      case 1 -> address(status.detail());
      case 2 -> mailbox(status.detail());
      case 3 -> mailSystem(status.detail());
      case 4 -> network(status.detail());
      case 6 ->
          new Explanation(
              "The recipient's mail server cannot handle the form of the message.",
              "Send it again as plain text, without special characters in names of files.");
      case 7 ->
          new Explanation(
              "The recipient's mail server refused the message by its rules.",
              "Read its answer below: it often says why. " + ASK_OTHERWISE);
      default -> new Explanation("The recipient's mail server refused the message.", ASK_OTHERWISE);
    };
  }

  private static Explanation address(int detail) {
    return switch (detail) {
      case 2 ->
          new Explanation(
              "There is no such domain: the part of the address after the @.",
              "Check the address for typing errors and send the message again.");
      case 10 ->
          new Explanation(
              "The domain, the part of the address after the @, takes no mail at all.",
              "Find out another address of the recipient.");
      default ->
          new Explanation(
              "The recipient's mail server knows no such address.",
              "Check the address for typing errors and send the message again.");
    };
  }

  private static Explanation mailbox(int detail) {
    return switch (detail) {
      case 2 ->
          new Explanation(
              "The recipient's mailbox is full.",
              "Send the message again later, or tell the recipient in another way.");
      case 3 -> tooBig();
      default ->
          new Explanation("The recipient's mailbox takes no mail at present.", ASK_OTHERWISE);
    };
  }

  private static Explanation mailSystem(int detail) {
    return detail == 4
        ? tooBig()
        : new Explanation("The recipient's mail system does not work as it should.", ASK_OTHERWISE);
  }

  private static Explanation tooBig() {
    return new Explanation(
        "The message is too big for the recipient.",
        "Send it without its attachments, or send a link to them instead.");
  }

  private static Explanation network(int detail) {
    return switch (detail) {
      case 4 ->
          new Explanation(
              "The domain, the part of the address after the @, has no mail server.",
              "Check the address for typing errors, or find out another one.");
      case 6 ->
          new Explanation(
              "Mail for this address goes round in circles.",
              "Tell your provider: the domain of the address is not set up right.");
      case 7 ->
          new Explanation(
              "The recipient's mail server could not be reached for days, or kept putting us off.",
              "Send the message again later. " + ASK_OTHERWISE);
      default ->
          new Explanation("The recipient's mail server could not be reached.", ASK_OTHERWISE);
    };
  }
}
