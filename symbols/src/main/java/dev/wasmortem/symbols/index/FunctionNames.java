package dev.wasmortem.symbols.index;

import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePosition;
import java.util.Optional;

/** What a function is called: the part of a frame that is the same wherever the function is. */
record FunctionNames(String name, Optional<String> shortName, Optional<String> linkageName) {
  static FunctionNames of(SourceFrame frame) {
    return new FunctionNames(frame.name(), frame.shortName(), frame.linkageName());
  }

  boolean areOf(SourceFrame frame) {
    return name.equals(frame.name())
        && shortName.equals(frame.shortName())
        && linkageName.equals(frame.linkageName());
  }

  SourceFrame inlined(Optional<SourcePosition> at) {
    return new SourceFrame(name, shortName, linkageName, at, true);
  }

  SourceFrame own(Optional<SourcePosition> at) {
    return new SourceFrame(name, shortName, linkageName, at, false);
  }
}
