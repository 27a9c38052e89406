package dev.postroom.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Directories whose entries outlive a power cut. */
final class Directories {
  private Directories() {}

  /** Makes it and what is missing above it; each new entry is synced. */
  static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    var parent = directory.getParent();
    if (parent != null) {
      make(parent);
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException raced) {
      if (!Files.isDirectory(directory)) {
        throw raced;
      }
    }
    if (parent != null) {
      sync(parent);
    }
  }

  /** Makes the entries of a directory durable. */
  static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
