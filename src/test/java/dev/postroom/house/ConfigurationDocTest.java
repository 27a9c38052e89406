package dev.postroom.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * docs/configuration.md is what the {@code XxxConfig} interfaces say, in Markdown. Run with {@code
 * -Dpostroom.docs.write=true} to write it anew.
 */
class ConfigurationDocTest {
  private static final Path DOCUMENT = Path.of("docs/configuration.md");
  private static final String HEAD =
      """
      # Configuration

      Generated from the settings' own documentation in the code; `house/ConfigurationDocTest` fails when the two differ.
      A setting is given as a line of `config/application.properties`, as a system property (`-Dpostroom.smtp.port=25`)
      or as an environment variable (`POSTROOM_SMTP_PORT=25`). The database is Quarkus's own:
      `quarkus.datasource.jdbc.url`, `.username`, `.password`; the panel's address is `quarkus.http.host` and `.port`.
      """;

  record Setting(String name, String fallback, String text) {}

  @Test
  void theDocumentSaysWhatTheCodeSays() throws IOException {
    var generated = document();
    if (Boolean.getBoolean("postroom.docs.write")) {
      Files.writeString(DOCUMENT, generated);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(generated);
  }

  @Test
  void everySettingIsDocumented() throws IOException {
    assertThat(settings().values().stream().flatMap(List::stream))
        .isNotEmpty()
        .allSatisfy(setting -> assertThat(setting.text()).as(setting.name()).isNotBlank());
  }

  private static String document() throws IOException {
    var text = new StringBuilder(HEAD);
    settings()
        .forEach(
            (title, settings) -> {
              text.append("\n## ").append(title).append("\n\n");
              text.append("| setting | default | what it is |\n| --- | --- | --- |\n");
              settings.forEach(
                  s ->
                      text.append(
                          "| `%s` | %s | %s |\n".formatted(s.name(), s.fallback(), s.text())));
            });
    return text.toString();
  }

  private static Map<String, List<Setting>> settings() throws IOException {
    var found = new TreeMap<String, List<Setting>>();
    for (var unit : configInterfaces()) {
      new Reader(unit.trees(), found).scan(new TreePath(unit.tree()), null);
    }
    return found;
  }

  record Unit(CompilationUnitTree tree, DocTrees trees) {}

  private static List<Unit> configInterfaces() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null);
        var files = Files.walk(Path.of("src/main/java"))) {
      var sources = files.filter(f -> f.toString().endsWith("Config.java")).sorted().toList();
      var units = new ArrayList<Unit>();
      var task =
          (JavacTask)
              compiler.getTask(
                  null, manager, _ -> {}, null, null, manager.getJavaFileObjectsFromPaths(sources));
      var trees = DocTrees.instance(task);
      task.parse().forEach(tree -> units.add(new Unit(tree, trees)));
      return units;
    }
  }

  /** Walks one source file; nested groups lengthen the prefix. */
  private static final class Reader extends TreePathScanner<@Nullable Void, @Nullable String> {
    private final DocTrees trees;
    private final Map<String, List<Setting>> found;

    Reader(DocTrees trees, Map<String, List<Setting>> found) {
      this.trees = trees;
      this.found = found;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable String prefix) {
      var mapped = argument(type.getModifiers().getAnnotations(), "ConfigMapping");
      if (mapped.isPresent()) {
        found.put(mapped.get(), collect(type, mapped.get()));
      }
      return null;
    }

    private List<Setting> collect(ClassTree type, String prefix) {
      var groups =
          type.getMembers().stream()
              .filter(ClassTree.class::isInstance)
              .map(ClassTree.class::cast)
              .collect(Collectors.toMap(g -> g.getSimpleName().toString(), g -> g));
      var settings = new ArrayList<Setting>();
      for (var member : type.getMembers()) {
        if (member instanceof MethodTree method && method.getBody() == null) {
          settings.addAll(read(method, prefix, groups));
        }
      }
      return settings;
    }

    private List<Setting> read(MethodTree method, String prefix, Map<String, ClassTree> groups) {
      var annotations = method.getModifiers().getAnnotations();
      var written = argument(annotations, "WithName").orElse(kebab(method.getName().toString()));
      var type = method.getReturnType().toString();
      var name = prefix + "." + written;
      for (var group : groups.entrySet()) {
        if (type.equals(group.getKey())) {
          return collect(group.getValue(), name);
        }
        if (type.endsWith("<" + group.getKey() + ">")) {
          return collect(group.getValue(), name + "[*]");
        }
      }
      if (type.startsWith("Map<")) {
        name += ".\"name\"";
      }
      var fallback =
          argument(annotations, "WithDefault")
              .map(value -> "`" + value + "`")
              .orElse(type.startsWith("Optional") || type.startsWith("Map") ? "none" : "required");
      return List.of(new Setting(name, fallback, text(method)));
    }

    private String text(MethodTree method) {
      var path = TreePath.getPath(getCurrentPath().getCompilationUnit(), method);
      var comment = trees.getDocCommentTree(path);
      return comment == null
          ? ""
          : comment.getFullBody().toString().isEmpty()
              ? ""
              : comment.getFullBody().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining())
                  .replaceAll("\\{@(?:code|link|literal) ([^}]*)}", "`$1`")
                  .replaceAll("</?p>", " ")
                  .replaceAll("\\s+", " ")
                  .replace("|", "\\|")
                  .strip();
    }

    private static Optional<String> argument(
        List<? extends AnnotationTree> annotations, String simpleName) {
      return annotations.stream()
          .filter(a -> a.getAnnotationType().toString().endsWith(simpleName))
          .flatMap(a -> a.getArguments().stream())
          .map(
              argument ->
                  argument instanceof AssignmentTree assigned ? assigned.getExpression() : argument)
          .filter(LiteralTree.class::isInstance)
          .map(literal -> String.valueOf(((LiteralTree) literal).getValue()))
          .findFirst();
    }

    private static String kebab(String name) {
      return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
  }
}
