package dev.wasmortem.capture.endive;

import dev.wasmortem.capture.CapturedDump;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;

/**
 * Dumps that other threads have asked for. The running guest looks at one field at each call; all
 * the rest happens only when there is a request.
 */
final class DumpRequests {
  private final Queue<Request> queue = new ConcurrentLinkedQueue<>();

  /** How many dumps want other threads to stand still. */
  private final AtomicInteger pauses = new AtomicInteger();

  /** Whether there may be something to do. */
  private volatile boolean waiting;

  /** A dump that somebody wants of an instance. */
  static final class Request {
    final Instance instance;
    final String reason;
    final CompletableFuture<CapturedDump> result = new CompletableFuture<>();

    Request(Instance instance, String reason) {
      this.instance = instance;
      this.reason = reason;
    }
  }

  boolean waiting() {
    return waiting;
  }

  /** Adds a request, to be forgotten when its result is there or is cancelled. */
  Request add(Instance instance, String reason) {
    Request request = new Request(instance, reason);
    queue.add(request);
    waiting = true;
    return request;
  }

  /** Returns a request that was not served yet, for one of the instances on a thread's stack. */
  @Nullable Request next(Activation top) {
    drop();
    for (Request request : queue) {
      if (isOn(top, request.instance)) {
        return request;
      }
    }
    return null;
  }

  /** Returns whether the caller is the one to serve a request. */
  boolean take(Request request) {
    return queue.remove(request);
  }

  /** Has a request that was taken served at another place. */
  void putBack(Request request) {
    queue.add(request);
    waiting = true;
  }

  /** Has threads look whether they are to stand still. */
  void beginPause() {
    pauses.incrementAndGet();
    waiting = true;
  }

  void endPause() {
    pauses.decrementAndGet();
    drop();
  }

  private boolean isIdle() {
    return queue.isEmpty() && pauses.get() == 0;
  }

  private void drop() {
    queue.removeIf(request -> request.result.isDone());
    if (isIdle()) {
      waiting = false;
      if (!isIdle()) {
        // Added in between, and its mark wiped out.
        waiting = true;
      }
    }
  }

  private static boolean isOn(Activation top, Instance instance) {
    for (Activation a = top; a != null; a = a.outer()) {
      if (a.machine().wasm() == instance) {
        return true;
      }
    }
    return false;
  }
}
