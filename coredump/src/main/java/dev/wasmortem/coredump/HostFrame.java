package dev.wasmortem.coredump;

/**
 * An activation of a function of the host that stands between those of WebAssembly functions.
 *
 * @param position index of the frame in {@link CoreThread#frames} that it stands before, being
 *     younger: that frame called it. The number of frames if it is older than all of them
 * @param description what the host says of it, one line: {@code
 *     java.util.HashMap.get(HashMap.java:12)}
 */
public record HostFrame(int position, String description) {
  /**
   * Makes a frame.
   *
   * @throws IllegalArgumentException if the position is negative
   */
  public HostFrame {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
  }
}
