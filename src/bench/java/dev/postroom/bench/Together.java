package dev.postroom.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Clients that work side by side. */
final class Together {
  private Together() {}

  /** Again and again for so long, at least once. */
  static void forSeconds(int seconds, Runnable work) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    do {
      work.run();
    } while (System.nanoTime() < end);
  }

  /** Runs so many at the same time, each with its number from 0, and waits for all. */
  static void run(int count, IntConsumer client) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        all.add(threads.submit(() -> client.accept(number)));
      }
      for (var one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
