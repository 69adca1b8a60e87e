package dev.wasmortem.capture;

import java.util.function.Consumer;

/**
 * Is told what became of crashes. Called on the thread that trapped, before the trap reaches the
 * caller of the guest; what a method throws is dropped.
 */
public interface CaptureListener {
  /** A listener that does nothing. */
  CaptureListener NONE = new CaptureListener() {};

  /** A dump is whole and where it belongs. */
  default void captured(CapturedDump dump) {}

  /** A crash left no dump. The guest's own exception goes its way as if nothing had been tried. */
  default void failed(CaptureFailure failure) {}

  /** Returns a listener that hears of dumps only. */
  static CaptureListener onCaptured(Consumer<CapturedDump> action) {
    return new CaptureListener() {
      @Override
      public void captured(CapturedDump dump) {
        action.accept(dump);
      }
    };
  }
}
