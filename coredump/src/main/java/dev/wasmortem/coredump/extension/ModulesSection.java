package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.ModuleIdentity;
import dev.wasmortem.wasm.BuildId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What tells the modules from others of the same name, in the order of {@code coremodules}.
 *
 * <pre>
 * wasmortem.modules ::= 0x00 vec(fields)
 * fields:  1 sha256 ::= byte^32          of the module's file
 *          2 build-id ::= byte*          1 to 64
 *          3 debug-info-url ::= name
 *          4 file-size ::= u64
 *          5 module-name ::= name        only of a module that coremodules gives by its bytes
 * </pre>
 */
public final class ModulesSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.modules";

  private static final int SHA256 = 1;
  private static final int BUILD_ID = 2;
  private static final int DEBUG_INFO_URL = 3;
  private static final int FILE_SIZE = 4;
  private static final int MODULE_NAME = 5;
  private static final int SHA256_BYTES = 32;

  private ModulesSection() {}

  /**
   * What is told of a module.
   *
   * @param name what the list of modules cannot say; empty if it says it
   */
  public record Entry(ModuleIdentity identity, Optional<String> name) {}

  /**
   * Returns the payload; {@code names} shortens what readers would refuse.
   *
   * @param nameless the modules, by their indices, whose names the list of modules cannot say
   */
  public static ByteWriter write(
      List<CoreModule> modules, Set<Integer> nameless, UnaryOperator<String> names) {
    ByteWriter out = Extension.payload().unsigned(modules.size());
    for (int i = 0; i < modules.size(); i++) {
      CoreModule module = modules.get(i);
      ModuleIdentity identity = module.identity();
      Fields fields = new Fields();
      identity.sha256().ifPresent(hex -> fields.add(SHA256, bytes(hex)));
      identity.buildId().ifPresent(id -> fields.add(BUILD_ID, bytes(id.hex())));
      identity
          .debugInfoUrl()
          .ifPresent(url -> fields.add(DEBUG_INFO_URL, new ByteWriter().name(names.apply(url))));
      identity
          .fileSize()
          .ifPresent(size -> fields.add(FILE_SIZE, new ByteWriter(16).unsigned(size)));
      if (nameless.contains(i)) {
        fields.add(MODULE_NAME, new ByteWriter().name(names.apply(module.name())));
      }
      fields.writeTo(out);
    }
    return out;
  }

  private static ByteWriter bytes(String hex) {
    return new ByteWriter().bytes(HexFormat.of().parseHex(hex));
  }

  /** Reads what follows the version. */
  public static void read(Cursor cursor, Consumer<Entry> entries) {
    long count = cursor.in("modules").u32();
    for (long i = 0; i < count; i++) {
      ModuleIdentity.Builder identity = ModuleIdentity.builder();
      List<String> names = new ArrayList<>();
      Fields.read(
          cursor.in("modules.fields"),
          (id, content) -> {
            if (id == MODULE_NAME) {
              names.add(content.in("modules.module-name").name());
            } else {
              field(id, content, identity);
            }
          });
      entries.accept(new Entry(identity.build(), names.stream().findFirst()));
    }
  }

  private static void field(int id, Cursor content, ModuleIdentity.Builder identity) {
    switch (id) {
      case SHA256 -> identity.sha256(hex(content.in("modules.sha256"), SHA256_BYTES));
      case BUILD_ID -> {
        long length = content.in("modules.build-id").remaining();
        if (length == 0 || length > BuildId.MAX_BYTES) {
          throw content.malformed("a build id of " + length + " bytes");
        }
        identity.buildId(new BuildId(hex(content, (int) length)));
      }
      case DEBUG_INFO_URL -> identity.debugInfoUrl(content.in("modules.debug-info-url").name());
      case FILE_SIZE -> identity.fileSize(content.in("modules.file-size").u64());
      default -> {
        // A field of later days.
      }
    }
  }

  private static String hex(Cursor content, int length) {
    return HexFormat.of().formatHex(content.bytes(length));
  }
}
