package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A unit's line table: the sequences of code that it describes and their rows (§6.2). Decoded as a
 * whole when the unit's first address is looked up; paths are put together when a row needs them.
 * Safe for use by several threads.
 */
public final class LineTable {
  private final LineRows rows;
  private final FileTable files;
  private final PathContext unit;
  private final Strings strings;
  private final Diagnostic.Sink sink;
  private final AtomicReferenceArray<@Nullable String> paths;

  /** What of its unit a path depends on. */
  record PathContext(String compilationDirectory, long offsetsBase) {}

  LineTable(
      LineRows rows, FileTable files, PathContext unit, Strings strings, Diagnostic.Sink sink) {
    this.rows = rows;
    this.files = files;
    this.unit = unit;
    this.strings = strings;
    this.sink = sink;
    this.paths = new AtomicReferenceArray<>(files.fileCount());
  }

  LineRows rows() {
    return rows;
  }

  /** Returns the line of the code at {@code address}, or nothing when this table has no row. */
  public Optional<SourceLine> lineAt(Address address) {
    return lineAt(address.value());
  }

  Optional<SourceLine> lineAt(long address) {
    int row = rows.find(address);
    return row < 0
        ? Optional.empty()
        : line(rows.file(row), rows.line(row), rows.column(row), rows.discriminator(row));
  }

  /** Returns the ranges of addresses that the table describes, in the table's order. */
  public List<AddressRange> ranges() {
    List<AddressRange> ranges = new ArrayList<>();
    for (int i = 0; i < rows.sequenceCount(); i++) {
      ranges.add(
          new AddressRange(new Address(rows.sequenceLow(i)), new Address(rows.sequenceHigh(i))));
    }
    return ranges;
  }

  /**
   * Returns the paths of all files of the table, in its order, each as {@link SourceLine#file}
   * gives it; of a file whose name cannot be had, the empty string.
   */
  public List<String> files() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < files.fileCount(); i++) {
      all.add(path(files.firstFile() + i));
    }
    return all;
  }

  /** Returns a place in a file of this table; nothing if the file has no path. */
  public Optional<SourceLine> line(int file, int line, int column, int discriminator) {
    String path = path(file);
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(new SourceLine(path, Math.max(0, line), column, discriminator));
  }

  /** Returns the path of a file, or the empty string when it has none; reports damage once. */
  private String path(int file) {
    int entry = file - files.firstFile();
    if (entry < 0 || entry >= paths.length()) {
      return "";
    }
    String known = paths.getAcquire(entry);
    if (known == null) {
      known = readPath(file);
      paths.setRelease(entry, known);
    }
    return known;
  }

  private String readPath(int file) {
    try {
      String path = files.path(file, unit.compilationDirectory(), strings, unit.offsetsBase());
      if (path == null) {
        return "";
      }
      strings.charge(path);
      return path;
    } catch (FormatException e) {
      sink.report(Diagnostic.of("dwarf-file-name-damaged", e));
      return "";
    }
  }
}
