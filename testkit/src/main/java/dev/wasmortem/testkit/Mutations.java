package dev.wasmortem.testkit;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Damaged copies of a file: what no reader may answer with more than a {@link FormatException}. */
public final class Mutations {
  private Mutations() {}

  /** A damaged copy, and what was done to it. */
  public static final class Mutation {
    private final String name;
    private final byte[] bytes;

    private Mutation(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    /** Returns the copy as a source that carries the mutation in its name. */
    public ByteSource source() {
      return ByteSource.of(name, bytes);
    }

    /** Returns the bytes, which are the caller's own. */
    public byte[] bytes() {
      return bytes;
    }

    /** Returns what was done, as {@code bit 3 of 0x1a flipped}. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns {@code bytes} cut off before each of its bytes, the empty file first. */
  public static Stream<Mutation> cuts(byte[] bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> new Mutation("cut at 0x" + hex(i), Arrays.copyOf(bytes, i)));
  }

  /** Returns {@code bytes} with each bit flipped in turn. */
  public static Stream<Mutation> bitFlips(byte[] bytes) {
    return IntStream.range(0, bytes.length * 8).mapToObj(bit -> flip(bytes, bit >> 3, bit & 7));
  }

  /** Returns {@code bytes} with each byte in turn set to 0x00, 0x7f, 0x80 and 0xff. */
  public static Stream<Mutation> extremes(byte[] bytes) {
    return IntStream.range(0, bytes.length)
        .boxed()
        .flatMap(i -> Stream.of(0x00, 0x7f, 0x80, 0xff).map(value -> set(bytes, i, value)));
  }

  /** Returns all of {@link #cuts}, {@link #bitFlips} and {@link #extremes}. */
  public static Stream<Mutation> all(byte[] bytes) {
    return Stream.of(cuts(bytes), bitFlips(bytes), extremes(bytes)).flatMap(s -> s);
  }

  /**
   * Runs {@code reading} over {@link #all} damaged copies of {@code bytes}.
   *
   * @throws AssertionError if it throws anything but a {@link FormatException}
   */
  public static void check(byte[] bytes, Consumer<ByteSource> reading) {
    all(bytes).forEach(mutation -> check(mutation, reading));
  }

  /**
   * Runs {@code reading} over one damaged copy.
   *
   * @throws AssertionError if it throws anything but a {@link FormatException}
   */
  public static void check(Mutation mutation, Consumer<ByteSource> reading) {
    try {
      reading.accept(mutation.source());
    } catch (FormatException expected) {
      // What a reader is allowed to say.
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(mutation + ": " + e, e);
    }
  }

  private static Mutation flip(byte[] bytes, int at, int bit) {
    byte[] copy = bytes.clone();
    copy[at] ^= (byte) (1 << bit);
    return new Mutation("bit " + bit + " of 0x" + hex(at) + " flipped", copy);
  }

  private static Mutation set(byte[] bytes, int at, int value) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) value;
    return new Mutation("0x" + hex(at) + " set to 0x" + hex(value), copy);
  }

  private static String hex(int value) {
    return Integer.toHexString(value);
  }
}
