package dev.postroom.panel;

import dev.postroom.directory.Suspension;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What to switch off, and why: the same form for accounts, domains and mailboxes. */
@CheckedTemplate(basePath = "panel", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record SuspensionForm(
    Page page, String what, String name, String action, String back, boolean active, Form form)
    implements TemplateInstance {

  static Form filled(Suspension now) {
    var form = Form.empty().with("reason", now.reason());
    if (now.login() || !now.isActive()) {
      form.with("login", "on");
    }
    if (now.sending() || !now.isActive()) {
      form.with("sending", "on");
    }
    if (now.receiving()) {
      form.with("receiving", "on");
    }
    return form;
  }

  static Suspension read(Form form) {
    var suspension =
        new Suspension(
            form.on("login"), form.on("sending"), form.on("receiving"), form.text("reason"));
    if (!suspension.isActive()) {
      throw Form.invalid("", "Choose at least one thing to suspend.");
    }
    return suspension;
  }

  /** {@code login and sending}. */
  static String words(Suspension suspension) {
    var words = new StringBuilder();
    add(words, suspension.login(), "login");
    add(words, suspension.sending(), "sending");
    add(words, suspension.receiving(), "receiving");
    return words.toString();
  }

  private static void add(StringBuilder words, boolean active, String word) {
    if (active) {
      words.append(words.isEmpty() ? "" : ", ").append(word);
    }
  }
}
