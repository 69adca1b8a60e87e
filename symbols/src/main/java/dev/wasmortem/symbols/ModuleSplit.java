package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.ModuleWriter;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionContent;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.custom.UrlSection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Parts a module from its debug information: a stripped module, and a debug file that {@link
 * DebugFileSearch} finds for it. Nothing is copied before it is written; the module's source stays
 * open until then.
 *
 * <p>The stripped module has all sections but {@code .debug_*}, in their order and byte for byte,
 * so that code offsets stay what they are. Both get the module's build id; where it has none, one
 * is made: the first 20 bytes of the SHA-256 of the whole module, so that builds with other lines
 * have other ids, too.
 *
 * <p>The debug file has the {@code .debug_*} sections and the build id, and no name section: what
 * it names would not be in the file, which LLVM and wabt refuse. The names stay in the stripped
 * module; where they shall not, the debug file is the {@linkplain Content#MODULE whole module}.
 */
public final class ModuleSplit {
  private static final String DEBUG = ".debug_";
  private static final String BUILD_ID = "build_id";
  private static final String NAMES = "name";

  /** Bytes of a build id that is made here, as many as GNU's and LLVM's linkers make. */
  private static final int ID_BYTES = 20;

  private final WasmModule module;
  private final Plan plan;
  private final BuildId id;
  private final Origin origin;

  /** What the debug file holds. */
  public enum Content {
    /** The debug sections, and what ties them to the module. */
    SECTIONS,
    /** All that the module holds, as Emscripten has it. */
    MODULE
  }

  /** Where a build id comes from. */
  public enum Origin {
    MODULE,
    GIVEN,
    COMPUTED
  }

  /**
   * How to split.
   *
   * @param buildId the build id to use; if there is none, the module's
   * @param external the URL of the debug file, which the stripped module is to name in {@code
   *     external_debug_info}; if there is none, the section is left as it is
   * @param content what the debug file holds; {@link Content#MODULE} moves the names, too, if they
   *     are to be stripped
   * @param names whether the stripped module keeps its name section
   */
  public record Plan(
      Optional<BuildId> buildId, Optional<String> external, Content content, Names names) {}

  /** What becomes of the name section of the stripped module. */
  public enum Names {
    KEPT,
    STRIPPED
  }

  private ModuleSplit(WasmModule module, Plan plan) {
    this.module = module;
    this.plan = plan;
    Optional<BuildId> own = BuildId.of(module);
    if (plan.buildId().isPresent()) {
      this.id = plan.buildId().get();
      this.origin = plan.buildId().equals(own) ? Origin.MODULE : Origin.GIVEN;
    } else if (own.isPresent()) {
      this.id = own.get();
      this.origin = Origin.MODULE;
    } else {
      this.id = compute(module.source());
      this.origin = Origin.COMPUTED;
    }
  }

  /**
   * Plans the split of a module that was read strictly; reads it whole if it has no build id.
   *
   * @throws FormatException.Unsupported if it is an object file, whose relocations count sections
   */
  public static ModuleSplit of(WasmModule module, Plan plan) {
    List<Section> linking = module.customSections("linking");
    if (!linking.isEmpty()) {
      throw new FormatException.Unsupported(
          "an object file, whose relocations go by the numbers of its sections",
          linking.get(0).payload().at(0, "linking"));
    }
    return new ModuleSplit(module, plan);
  }

  /** Returns the sections that are taken away, in their order. */
  public List<Section> removed() {
    return module.sections().stream().filter(this::isRemoved).toList();
  }

  /** Returns the build id of both files. */
  public BuildId buildId() {
    return id;
  }

  /** Returns where the build id comes from. */
  public Origin buildIdOrigin() {
    return origin;
  }

  /** Returns the stripped module. */
  public ModuleWriter stripped() {
    ModuleWriter writer = identified();
    removed().forEach(writer::drop);
    if (plan.external().isPresent()) {
      String section = UrlSection.EXTERNAL_DEBUG_INFO.section();
      module.customSections(section).forEach(writer::drop);
      ByteWriter url = new ByteWriter().name(plan.external().get());
      writer.addCustom(section, SectionContent.of(url));
    }
    return writer;
  }

  /** Returns the debug file. */
  public ModuleWriter debugFile() {
    ModuleWriter writer = identified();
    if (plan.content() == Content.SECTIONS) {
      for (Section section : module.sections()) {
        if (!isDebug(section) && !isCustom(section, BUILD_ID)) {
          writer.drop(section);
        }
      }
    }
    return writer;
  }

  /** Returns the module with the build id. */
  private ModuleWriter identified() {
    ModuleWriter writer = ModuleWriter.copyOf(module);
    if (origin != Origin.MODULE) {
      module.customSections(BUILD_ID).forEach(writer::drop);
      byte[] bytes = HexFormat.of().parseHex(id.hex());
      writer.addCustom(
          BUILD_ID, SectionContent.of(new ByteWriter().unsigned(bytes.length).bytes(bytes)));
    }
    return writer;
  }

  private boolean isRemoved(Section section) {
    return isDebug(section) || (plan.names() == Names.STRIPPED && isCustom(section, NAMES));
  }

  private static boolean isDebug(Section section) {
    return section.id() == SectionId.CUSTOM && section.name().startsWith(DEBUG);
  }

  private static boolean isCustom(Section section, String name) {
    return section.id() == SectionId.CUSTOM && section.name().equals(name);
  }

  private static BuildId compute(ByteSource source) {
    return new BuildId(HexFormat.of().formatHex(source.sha256(), 0, ID_BYTES));
  }
}
