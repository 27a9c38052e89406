package dev.postroom.store;

/** One session's hold on a folder that is open. Closing it twice does nothing. */
public record FolderWatch(LiveFolder folder, Runnable end) implements AutoCloseable {
  @Override
  public void close() {
    end.run();
  }
}
