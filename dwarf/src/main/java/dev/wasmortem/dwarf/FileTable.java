package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directories and files of a line table's header. Only where each name stands is kept; a name
 * is read when a row needs it.
 *
 * <p>Up to version 4 files and directories count from 1, directory 0 is the unit's, and {@code
 * DW_LNE_define_file} may add files. In version 5 both count from 0, and the header says in which
 * forms they are written (§6.2.4.1).
 */
final class FileTable {
  private static final int CONTENT_PATH = 1;
  private static final int CONTENT_DIRECTORY_INDEX = 2;
  private static final int CONTENT_MD5 = 5;

  private final ByteSource section;
  private final Encoding encoding;
  private Form directoryForm = Form.STRING;
  private Form fileForm = Form.STRING;
  private long[] directories = {};
  private long[] files = {};
  private int[] fileDirectories = {};
  private long[] digests = {};
  private int directoryCount;
  private int fileCount;

  /** The files that the header names; those behind were added by the program. */
  private int headerFiles;

  private FileTable(ByteSource section, Encoding encoding) {
    this.section = section;
    this.encoding = encoding;
  }

  /** Reads {@code include_directories} and {@code file_names} of a header of version 2 to 4. */
  static FileTable readListed(ByteSource section, Cursor cursor, Encoding encoding) {
    FileTable table = new FileTable(section, encoding);
    cursor.in("debug_line.include_directories");
    while (cursor.peek() != 0) {
      table.addDirectory(cursor.position());
      Form.skipString(cursor);
    }
    cursor.u8();
    cursor.in("debug_line.file_names");
    while (cursor.peek() != 0) {
      table.define(cursor);
    }
    cursor.u8();
    table.headerFiles = table.fileCount;
    return table;
  }

  /** Reads the four lists of a header of version 5. */
  static FileTable readDescribed(ByteSource section, Cursor cursor, Encoding encoding) {
    FileTable table = new FileTable(section, encoding);
    EntryFormat format = EntryFormat.read(cursor.in("debug_line.directory_entry_format"));
    cursor.in("debug_line.directories");
    table.directoryForm = format.form(CONTENT_PATH);
    long count = format.count(cursor, encoding);
    for (long i = 0; i < count; i++) {
      table.readDirectory(format, cursor);
    }
    format = EntryFormat.read(cursor.in("debug_line.file_name_entry_format"));
    cursor.in("debug_line.file_names");
    table.fileForm = format.form(CONTENT_PATH);
    count = format.count(cursor, encoding);
    for (long i = 0; i < count; i++) {
      table.readFile(format, cursor);
    }
    table.headerFiles = table.fileCount;
    return table;
  }

  private void readDirectory(EntryFormat format, Cursor cursor) {
    long path = -1;
    for (int i = 0; i < format.length(); i++) {
      if (format.content(i) == CONTENT_PATH) {
        path = cursor.position();
      }
      format.form(i, cursor).skip(cursor, encoding);
    }
    addDirectory(path);
  }

  private void readFile(EntryFormat format, Cursor cursor) {
    long path = -1;
    long directory = 0;
    long digest = -1;
    AttributeValue value = new AttributeValue();
    for (int i = 0; i < format.length(); i++) {
      Form form = format.form(i, cursor);
      long start = cursor.position();
      value.read(form, 0, cursor, encoding);
      switch (format.content(i)) {
        case CONTENT_PATH -> path = start;
        case CONTENT_DIRECTORY_INDEX -> directory = value.number();
        case CONTENT_MD5 -> digest = form == Form.DATA16 ? start : -1;
        default -> {
          // Times, sizes and vendors' contents: no look-up needs them.
        }
      }
    }
    addFile(path, directory);
    if (digest >= 0) {
      if (digests.length < fileCount) {
        digests = Arrays.copyOf(digests, files.length);
      }
      digests[fileCount - 1] = digest;
    }
  }

  /** Reads a file as versions 2 to 4 and {@code DW_LNE_define_file} write it, and adds it. */
  void define(Cursor cursor) {
    long name = cursor.position();
    Form.skipString(cursor);
    long directory = cursor.uleb128();
    cursor.uleb128(); // time of modification
    cursor.uleb128(); // size
    addFile(name, directory);
  }

  private void addDirectory(long position) {
    if (directoryCount == directories.length) {
      directories = Arrays.copyOf(directories, Math.max(8, directoryCount * 2));
    }
    directories[directoryCount++] = position;
  }

  private void addFile(long position, long directory) {
    if (fileCount == files.length) {
      files = Arrays.copyOf(files, Math.max(8, fileCount * 2));
      fileDirectories = Arrays.copyOf(fileDirectories, files.length);
    }
    files[fileCount] = position;
    // A directory that cannot exist stays one: an index that no table reaches.
    fileDirectories[fileCount++] =
        directory >= 0 && directory < Integer.MAX_VALUE ? (int) directory : Integer.MAX_VALUE;
  }

  int fileCount() {
    return fileCount;
  }

  /** Returns the index of the first file: 0 in version 5, 1 before. */
  int firstFile() {
    return encoding.version() >= 5 ? 0 : 1;
  }

  /**
   * Returns the path of a file as a row numbers it, or null when the table has none of that number.
   *
   * <p>Joined as llvm-symbolizer joins it: an absolute name stands alone; else the directory goes
   * before it, and the compilation directory before a directory that is not absolute, unless
   * version 5 says that the directory is the compilation directory.
   */
  @Nullable String path(int file, String compilationDirectory, Strings strings, long offsetsBase) {
    int entry = file - firstFile();
    if (entry < 0 || entry >= fileCount) {
      return null;
    }
    Form form = entry < headerFiles ? fileForm : Form.STRING;
    String name = text(form, files[entry], strings, offsetsBase);
    if (name == null || Paths.isAbsolute(name)) {
      return name;
    }
    int directory = fileDirectories[entry] - firstFile();
    String in =
        directory >= 0 && directory < directoryCount
            ? text(directoryForm, directories[directory], strings, offsetsBase)
            : null;
    boolean inUnitsOwn = encoding.version() >= 5 && directory == 0;
    String path = in == null ? name : Paths.join(in, name);
    return inUnitsOwn || (in != null && Paths.isAbsolute(in))
        ? path
        : Paths.join(compilationDirectory, path);
  }

  /** Returns the MD5 of a file's contents in hexadecimal, where the table gives it. */
  Optional<String> digest(int file) {
    int entry = file - firstFile();
    if (entry < 0 || entry >= digests.length || digests[entry] == 0) {
      return Optional.empty();
    }
    return Optional.of(HexFormat.of().formatHex(section.cursor(digests[entry]).bytes(16)));
  }

  private @Nullable String text(Form form, long position, Strings strings, long offsetsBase) {
    if (position < 0) {
      return null;
    }
    AttributeValue value = new AttributeValue();
    value.read(form, 0, section.cursor(position).in("debug_line.path"), encoding);
    return strings.text(value, section, encoding, offsetsBase);
  }

  /** What an entry of a version 5 list consists of: content types and forms (§6.2.4.1). */
  private static final class EntryFormat {
    private final long[] contents;
    private final int[] forms;

    private EntryFormat(long[] contents, int[] forms) {
      this.contents = contents;
      this.forms = forms;
    }

    static EntryFormat read(Cursor cursor) {
      int length = cursor.u8();
      long[] contents = new long[length];
      int[] forms = new int[length];
      for (int i = 0; i < length; i++) {
        contents[i] = cursor.uleb128();
        long form = cursor.uleb128();
        forms[i] = form < 0 || form > 0xffff ? -1 : (int) form;
      }
      return new EntryFormat(contents, forms);
    }

    /** Reads a count of entries, which have to fit into what is left. */
    long count(Cursor cursor, Encoding encoding) {
      long start = cursor.position();
      long count = cursor.uleb128();
      long least = 0;
      for (int form : forms) {
        least += Form.of(form, cursor).leastSize(encoding);
      }
      if (count != 0 && (least == 0 || count < 0 || count > cursor.remaining() / least)) {
        throw new FormatException.Malformed(
            "a count of "
                + Long.toUnsignedString(count)
                + " entries of at least "
                + least
                + " bytes in the "
                + cursor.remaining()
                + " that are left",
            cursor.at(start));
      }
      return count;
    }

    int length() {
      return forms.length;
    }

    int content(int index) {
      return (int) Math.min(Math.max(contents[index], -1), Integer.MAX_VALUE);
    }

    Form form(int index, Cursor cursor) {
      return Form.of(forms[index], cursor);
    }

    /** Returns the form of a content, as good as any other when an entry has none of it. */
    Form form(int content) {
      Form found = Form.STRING;
      for (int i = 0; i < forms.length; i++) {
        Form form = Form.find(forms[i]);
        if (content(i) == content && form != null) {
          found = form;
        }
      }
      return found;
    }
  }
}
