package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Reads that types conform to protocols. */
final class SwiftConformances {
  private final SwiftParser parser;
  private final Mangled in;

  SwiftConformances(SwiftParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /**
   * Takes {@code type protocol module generic-signature?}.
   *
   * <p>A conformance of a property's behaviour, which Swift no longer has, is not read.
   */
  SwiftNode conformance() {
    SwiftNode signature = parser.maybe(SwiftKind.SIGNATURE);
    SwiftNode module = parser.module();
    SwiftNode protocol = parser.protocol();
    SwiftNode type = SwiftGenerics.generic(signature, parser.type());
    return SwiftNode.of(SwiftKind.CONFORMANCE, type, protocol, module);
  }

  /**
   * Reads what is behind an {@code H}: conformances as type arguments refer to them, and records
   * for the runtime.
   */
  SwiftNode runtime() {
    return switch (in.next()) {
      case 'A' -> {
        parser.index();
        parser.protocol();
        parser.type();
        yield outOf(parser.take(SwiftKind.CONFORMANCE_ARGUMENT));
      }
      case 'C' -> concrete();
      case 'c' ->
          SwiftNode.labelled("protocol conformance descriptor runtime record for ", conformance());
      case 'D' -> {
        parser.index();
        parser.protocol();
        yield outOf(parser.type());
      }
      case 'F' -> SwiftNode.of(SwiftKind.ATTRIBUTE, "accessible function runtime record for ");
      case 'I' -> {
        parser.index();
        parser.protocol();
        yield outOf(parser.take(SwiftKind.CONFORMANCE_ARGUMENT));
      }
      case 'n' ->
          SwiftNode.labelled("nominal type descriptor runtime record for ", parser.nominal());
      case 'O' -> {
        parser.type();
        yield outOf(parser.take(SwiftKind.CONFORMANCE_ARGUMENT));
      }
      case 'o' ->
          SwiftNode.labelled(
              "opaque type descriptor runtime record for ",
              parser.take(SwiftKind.OPAQUE_RESULT_OF));
      case 'P', 'p' -> SwiftNode.of(SwiftKind.CONFORMANCE_REFERENCE, parser.protocol());
      case 'r' -> SwiftNode.labelled("protocol descriptor runtime record for ", parser.protocol());
      case 'X' -> outOf(arguments());
      default -> throw Undemangled.here();
    };
  }

  /** Returns a conformance found by way of a part. */
  private static SwiftNode outOf(SwiftNode part) {
    return SwiftNode.of(SwiftKind.CONFORMANCE_ARGUMENT, part);
  }

  private SwiftNode arguments() {
    return parser.list(() -> parser.take(SwiftKind.CONFORMANCE_ARGUMENT));
  }

  private SwiftNode concrete() {
    arguments();
    @Nullable SwiftNode reference = parser.maybe(SwiftKind.CONFORMANCE_REFERENCE);
    if (reference == null) {
      parser.module();
      parser.protocol();
    }
    return outOf(parser.type());
  }

  /** Takes a conformance that is in neither the type's nor the protocol's module. */
  SwiftNode retroactive() {
    parser.index();
    return SwiftNode.of(
        SwiftKind.RETROACTIVE_CONFORMANCE, parser.take(SwiftKind.CONFORMANCE_ARGUMENT));
  }
}
