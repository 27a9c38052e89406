package dev.postroom.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The graph in docs/architecture.md is the law: no edge beside it, no circle in it. */
class ArchitectureTest {
  private static final String BASE = "dev.postroom.";
  private static final Pattern GRAPH = Pattern.compile("```graph\\n(.*?)```", Pattern.DOTALL);

  private final Map<String, Set<String>> allowed = readGraph();
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.postroom");

  private static Map<String, Set<String>> readGraph() {
    try {
      var text = Files.readString(Path.of("docs/architecture.md"));
      var block = GRAPH.matcher(text);
      assertThat(block.find()).as("a ```graph block in docs/architecture.md").isTrue();
      return block
          .group(1)
          .lines()
          .filter(line -> !line.isBlank())
          .map(line -> line.split("->", -1))
          .collect(
              Collectors.toMap(
                  sides -> sides[0].strip(),
                  sides ->
                      Arrays.stream(sides[1].strip().split("\\s+"))
                          .filter(name -> !name.isEmpty())
                          .collect(Collectors.toSet())));
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Test
  void everyPackageStandsInTheGraphAndEveryRowHasItsPackage() {
    assertThat(realEdges().keySet()).containsExactlyInAnyOrderElementsOf(allowed.keySet());
  }

  @Test
  void noPackageUsesOneThatTheGraphDoesNotNameForIt() {
    var unnamed = new TreeSet<String>();
    realEdges()
        .forEach(
            (from, targets) ->
                targets.stream()
                    .filter(to -> !allowed.getOrDefault(from, Set.of()).contains(to))
                    .forEach(to -> unnamed.add(from + " -> " + to)));
    assertThat(unnamed).isEmpty();
  }

  @Test
  void theGraphHasNoCircle() {
    var settled = new HashSet<String>();
    boolean progress = true;
    while (progress) {
      progress =
          allowed.entrySet().stream()
              .filter(row -> settled.containsAll(row.getValue()))
              .map(Map.Entry::getKey)
              .toList()
              .stream()
              .map(settled::add)
              .reduce(false, Boolean::logicalOr);
    }
    assertThat(allowed.keySet()).as("rows outside every circle").isEqualTo(settled);
  }

  private Map<String, Set<String>> realEdges() {
    var edges = new HashMap<String, Set<String>>();
    for (var origin : classes) {
      var from = capability(origin.getPackageName());
      if (from.isEmpty()) {
        continue;
      }
      var targets = edges.computeIfAbsent(from, _ -> new TreeSet<>());
      for (var dependency : origin.getDirectDependenciesFromSelf()) {
        var to = capability(dependency.getTargetClass().getPackageName());
        if (!to.isEmpty() && !to.equals(from)) {
          targets.add(to);
        }
      }
    }
    return edges;
  }

  private static String capability(String packageName) {
    return packageName.startsWith(BASE) ? packageName.substring(BASE.length()) : "";
  }
}
