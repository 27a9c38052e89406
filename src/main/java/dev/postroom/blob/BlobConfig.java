package dev.postroom.blob;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where the bytes of messages are kept. */
@ConfigMapping(prefix = "postroom.blob")
public interface BlobConfig {
  /** The folder for the bytes of messages; made when it is missing. */
  @WithDefault("data/blobs")
  Path directory();

  /** How much of the disk stays free: below that, nothing more is taken in. */
  @WithDefault("64M")
  MemorySize reserve();

  /** The largest message that shares a file with others; a larger one has a file of its own. */
  @WithDefault("128K")
  MemorySize segmentLimit();

  /** Unfinished files that nobody has written to for so long are removed. */
  @WithDefault("1h")
  Duration temporaryLifetime();
}
