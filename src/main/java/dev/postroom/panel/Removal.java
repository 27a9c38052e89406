package dev.postroom.panel;

import dev.postroom.web.Form;
import dev.postroom.web.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * Asks before something is lost.
 *
 * @param what mailbox, domain, ...
 * @param lost what will be gone, each a sentence
 * @param typed the name has to be typed
 */
@CheckedTemplate(basePath = "panel", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record Removal(
    Page page,
    String what,
    String name,
    List<String> lost,
    boolean typed,
    String action,
    String back,
    Form form)
    implements TemplateInstance {

  /** Nothing is lost by a slip: the name of the thing has to be typed. */
  static void requireTyped(Form form, String name) {
    if (!form.text("confirm").equalsIgnoreCase(name)) {
      throw Form.invalid("confirm", "Type " + name + " here to confirm. Nothing was removed.");
    }
  }
}
