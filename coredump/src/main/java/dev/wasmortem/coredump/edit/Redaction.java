package dev.wasmortem.coredump.edit;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.WriterOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What is to be taken out of a dump, and the copy without it.
 *
 * <p>In memories the bytes that match a pattern, and those of given ranges, are overwritten with
 * {@code X} (or, where a pattern would find that, with another character) and marked as redacted;
 * lengths and addresses stay. Matches are found wherever they lie, across segments and across bytes
 * that are not in the dump. In names, messages, arguments and the environment each byte that
 * matches is overwritten, too. A local, operand or global whose bytes hold a match, or are four or
 * more consecutive bytes of a text that is looked for, becomes missing. A module's file and a
 * section of another tool in which a pattern is found are left out. A note in the copy says how
 * much was taken, not what.
 *
 * <p>Of a text or bytes in hexadecimal that the dump cuts, the beginning is taken out, too, if it
 * is four bytes or longer: at the end of the bytes of a memory, behind which the dump does not say
 * what stood there, and where a file that is cut off ends. Of an expression's match that the dump
 * cuts nothing is found.
 *
 * <p>A secret may be there in another form: in another encoding, compressed, spread. That is not
 * found. Not thread-safe.
 *
 * <pre>{@code
 * Redaction redaction = new Redaction().pattern(BytePattern.text(password));
 * Redacted redacted = redaction.of(dump);
 * redacted.copy().writeTo(channel);
 * }</pre>
 */
public final class Redaction {
  private final List<BytePattern> patterns = new ArrayList<>();
  private final Map<Integer, List<AddressRange>> ranges = new TreeMap<>();
  private final Map<Integer, List<AddressRange>> kept = new TreeMap<>();
  private boolean keepsSome;

  /** Makes a redaction of nothing. */
  public Redaction() {}

  /** Takes out what matches a pattern. */
  public Redaction pattern(BytePattern pattern) {
    patterns.add(pattern);
    return this;
  }

  /** Takes out a range of a memory. */
  public Redaction range(int memory, AddressRange range) {
    ranges.computeIfAbsent(memory, key -> new ArrayList<>()).add(range);
    return this;
  }

  /**
   * Keeps of all memories nothing but ranges that are given so; what is not kept is not in the copy
   * at all.
   */
  public Redaction keepOnly(int memory, AddressRange range) {
    keepsSome = true;
    kept.computeIfAbsent(memory, key -> new ArrayList<>()).add(range);
    return this;
  }

  /**
   * Returns the copy; the memories are searched now, and read again when it is written.
   *
   * @throws BytePattern.TooDeep if an expression needs more stack than there is
   */
  public Redacted of(Coredump dump) {
    return deeply(
        patterns -> {
          Redactor redactor =
              new Redactor(dump, patterns, ranges, keepsSome ? new TreeMap<>(kept) : null);
          return redactor.result(CoredumpWriter.copyOf(dump, WriterOptions.DEFAULT, redactor));
        });
  }

  /**
   * Returns where patterns are still found in a file, as offsets: what a last look at a copy should
   * not find. At most {@code most} of them. What the redaction itself has written is no find.
   *
   * @throws BytePattern.TooDeep if an expression needs more stack than there is
   */
  public List<Long> remaining(ByteSource copy, int most) {
    return deeply(
        patterns -> {
          Filling filling = Filling.of(patterns);
          return new MemorySearch(patterns)
                  .find((at, target, length) -> copy.copyTo(at, target, 0, length), copy.size())
                  .stream()
                  .filter(range -> !filling.isAllOf(copy, range))
                  .limit(most)
                  .map(range -> range.start().value())
                  .toList();
        });
  }

  private <T> T deeply(Function<List<BytePattern>, T> search) {
    AtomicReference<BytePattern> last = new AtomicReference<>();
    List<BytePattern> watched = patterns.stream().map(p -> p.watchedBy(last::set)).toList();
    try {
      return DeepStack.run(() -> search.apply(watched));
    } catch (StackOverflowError e) {
      BytePattern searched = last.get();
      if (searched == null) {
        throw e;
      }
      throw new BytePattern.TooDeep(searched, e);
    }
  }
}
