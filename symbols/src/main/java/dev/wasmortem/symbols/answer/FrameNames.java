package dev.wasmortem.symbols.answer;

import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.answer.AnswerOptions.Feature;
import dev.wasmortem.symbols.answer.AnswerOptions.Functions;
import dev.wasmortem.symbols.answer.AnswerOptions.Paths;
import dev.wasmortem.symbols.demangle.Demangled;
import dev.wasmortem.symbols.demangle.Demangler;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The names of functions and files as the options want them, in their final form. */
final class FrameNames {
  private final AnswerOptions options;
  private final EncodedNames verbatim;
  private final EncodedNames demangled;
  private final EncodedNames basenames;

  /** Makes names that are printed as {@code form} makes them. */
  FrameNames(AnswerOptions options, UnaryOperator<String> form) {
    this.options = options;
    this.verbatim = new EncodedNames(form);
    this.demangled = new EncodedNames(name -> form.apply(demangled(name)));
    this.basenames = new EncodedNames(path -> form.apply(basename(path)));
  }

  private static String demangled(String name) {
    return Demangler.demangle(name).map(Demangled::text).orElse(name);
  }

  private static String basename(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Returns a function's name, of the kind that is wanted. */
  byte[] function(SourceFrame frame) {
    if (options.functions() == Functions.SHORT) {
      return verbatim.get(frame.shortName().orElse(frame.name()));
    }
    Optional<String> linkageName = frame.linkageName();
    if (linkageName.isEmpty()) {
      return verbatim.get(frame.name());
    }
    return (options.has(Feature.DEMANGLE) ? demangled : verbatim).get(linkageName.get());
  }

  /**
   * Returns a path as it is wanted.
   *
   * @param frame a frame of the unit that the path is of
   */
  byte[] file(String path, @Nullable DwarfFrame frame) {
    if (options.paths() == Paths.ABSOLUTE) {
      return verbatim.get(path);
    }
    if (options.paths() == Paths.BASENAME) {
      return basenames.get(path);
    }
    String folder = frame == null ? "" : frame.unit().compilationDirectory().orElse("") + "/";
    boolean below = folder.length() > 1 && path.startsWith(folder);
    return verbatim.get(below ? path.substring(folder.length()) : path);
  }
}
