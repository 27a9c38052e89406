package dev.postroom.blob;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

/** Blobs on this machine: small ones in segments, large ones in files of their own. */
@Startup // so that a directory that cannot be used is noticed at once
@ApplicationScoped
public class LocalBlobs implements Blobs {
  private final BlobConfig config;
  private final FileBlobs files;
  private final Segments segments;

  @Inject
  public LocalBlobs(BlobConfig config, Clock clock) {
    this.config = config;
    this.files = new FileBlobs(config, clock);
    this.segments =
        new Segments(
            config.directory().toAbsolutePath().resolve("segments"), files.temporary(), clock);
  }

  @PostConstruct
  void prepare() throws IOException {
    files.prepare();
    segments.prepare();
  }

  @PreDestroy
  void close() {
    segments.close();
  }

  @Override
  public BlobWriter write() throws IOException {
    files.checkReserve();
    int most = Math.toIntExact(config.segmentLimit().asLongValue());
    return new SmallBlobWriter(segments, most, files::write);
  }

  @Override
  public Blob open(BlobId id) throws IOException {
    return SegmentPlace.isNamedBy(id) ? segments.open(id) : files.open(id);
  }

  @Override
  public void probe() throws IOException {
    files.probe();
  }

  @Override
  public long sweep(Instant before, Function<Set<BlobId>, Set<BlobId>> referenced)
      throws IOException {
    return files.sweep(before, referenced) + segments.sweep(before, referenced);
  }
}
