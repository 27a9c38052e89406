package dev.postroom.imap;

import dev.postroom.imap.syntax.ResponseWriter;
import java.io.IOException;

/**
 * The tagged response that ends a command (RFC 3501 §7.1).
 *
 * @param code the response code without brackets, or empty
 * @param text for people
 */
record Completion(Status status, String code, String text) {
  enum Status {
    OK,
    NO,
    BAD
  }

  /** No answer yet: it comes with those of other commands. */
  static final Completion LATER = new Completion(Status.OK, "", "");

  static Completion ok(String text) {
    return ok("", text);
  }

  static Completion ok(String code, String text) {
    return new Completion(Status.OK, code, text);
  }

  static Completion no(String text) {
    return no("", text);
  }

  static Completion no(String code, String text) {
    return new Completion(Status.NO, code, text);
  }

  static Completion bad(String text) {
    return bad("", text);
  }

  static Completion bad(String code, String text) {
    return new Completion(Status.BAD, code, text);
  }

  void write(String tag, ResponseWriter out) throws IOException {
    out.raw(tag).raw(' ').raw(status.name()).raw(' ');
    if (!code.isEmpty()) {
      out.raw('[').raw(code).raw("] ");
    }
    out.text(text).crlf();
  }
}
