package dev.postroom.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs the same work many times at the same moment. */
public final class Together {
  private Together() {}

  /**
   * Starts all of them at once and waits for all.
   *
   * @return what each answered, or the exception that it threw
   */
  public static List<Object> run(int times, IntFunction<Object> work) {
    var start = new CountDownLatch(1);
    var running = new ArrayList<Future<Object>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < times; i++) {
        int number = i;
        Callable<Object> one =
            () -> {
              start.await();
              return work.apply(number);
            };
        running.add(threads.submit(one));
      }
      start.countDown();
    }
    return running.stream().map(Together::outcome).toList();
  }

  private static Object outcome(Future<Object> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      return failed.getCause();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
