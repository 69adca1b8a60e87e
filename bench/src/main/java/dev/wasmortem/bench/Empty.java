package dev.wasmortem.bench;

/** An empty program: the shortest a Java process can take. */
public final class Empty {
  private Empty() {}

  /** Does nothing. */
  public static void main(String[] arguments) {}
}
