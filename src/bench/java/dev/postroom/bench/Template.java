package dev.postroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of src/bench/conf with its ${names} filled in. */
final class Template {
  private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");

  private final Path conf;
  private final Map<String, String> values;

  Template(Path conf, Map<String, String> values) {
    this.conf = conf;
    this.values = values;
  }

  void write(String name, Path target) {
    try {
      Files.createDirectories(target.getParent());
      Files.writeString(target, fill(Files.readString(conf.resolve(name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String fill(String text) {
    return NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
  }

  private String value(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for ${" + name + "}");
    }
    return value;
  }
}
