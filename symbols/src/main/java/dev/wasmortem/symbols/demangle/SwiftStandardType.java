package dev.wasmortem.symbols.demangle;

import java.util.Arrays;

/** The types of Swift's standard library that have letters of their own behind an {@code S}. */
final class SwiftStandardType {
  /** A letter, the kind of type by its letter, and the name. */
  private static final String FIRST =
      """
      A V AutoreleasingUnsafeMutablePointer
      a V Array
      B P BinaryFloatingPoint
      b V Bool
      D V Dictionary
      d V Double
      E P Encodable
      e P Decodable
      F P FloatingPoint
      f V Float
      G P RandomNumberGenerator
      H P Hashable
      h V Set
      I V DefaultIndices
      i V Int
      J V Character
      j P Numeric
      K P BidirectionalCollection
      k P RandomAccessCollection
      L P Comparable
      l P Collection
      M P MutableCollection
      m P RangeReplaceableCollection
      N V ClosedRange
      n V Range
      O V ObjectIdentifier
      P V UnsafePointer
      p V UnsafeMutablePointer
      Q P Equatable
      q O Optional
      R V UnsafeBufferPointer
      r V UnsafeMutableBufferPointer
      S V String
      s V Substring
      T P Sequence
      t P IteratorProtocol
      U P UnsignedInteger
      u V UInt
      V V UnsafeRawPointer
      v V UnsafeMutableRawPointer
      W V UnsafeRawBufferPointer
      w V UnsafeMutableRawBufferPointer
      X P RangeExpression
      x P Strideable
      Y P RawRepresentable
      y P StringProtocol
      Z P SignedInteger
      z P BinaryInteger
      """;

  /** The same behind {@code Sc}. */
  private static final String SECOND =
      """
      A P Actor
      C V CheckedContinuation
      c V UnsafeContinuation
      E V CancellationError
      e V UnownedSerialExecutor
      F P Executor
      f P SerialExecutor
      G V TaskGroup
      g V ThrowingTaskGroup
      h P TaskExecutor
      I P AsyncIteratorProtocol
      i P AsyncSequence
      J V UnownedJob
      M C MainActor
      P V TaskPriority
      S V AsyncStream
      s V AsyncThrowingStream
      T V Task
      t V UnsafeCurrentTask
      """;

  private static final SwiftNode UNKNOWN = SwiftNode.of(SwiftKind.ERROR_TYPE);
  private static final SwiftNode SWIFT = SwiftNode.of(SwiftKind.MODULE, "Swift");
  private static final SwiftNode[] FIRST_TYPES = table(FIRST);
  private static final SwiftNode[] SECOND_TYPES = table(SECOND);

  private SwiftStandardType() {}

  private static SwiftNode[] table(String lines) {
    SwiftNode[] types = new SwiftNode[128];
    Arrays.fill(types, UNKNOWN);
    lines
        .lines()
        .forEach(
            line -> {
              SwiftNode name = SwiftNode.of(SwiftKind.IDENTIFIER, line.substring(4));
              types[line.charAt(0)] = SwiftNode.of(kind(line.charAt(2)), SWIFT, name);
            });
    return types;
  }

  private static SwiftKind kind(char letter) {
    return switch (letter) {
      case 'C' -> SwiftKind.CLASS;
      case 'O' -> SwiftKind.ENUM;
      case 'P' -> SwiftKind.PROTOCOL;
      default -> SwiftKind.STRUCTURE;
    };
  }

  /** Reads what is behind the {@code S}. */
  static SwiftNode read(Mangled in) {
    SwiftNode[] table = in.eat('c') ? SECOND_TYPES : FIRST_TYPES;
    int letter = in.next();
    SwiftNode type = letter >= 0 ? table[letter] : UNKNOWN;
    if (type == UNKNOWN) {
      throw Undemangled.here();
    }
    return type;
  }

  static SwiftNode optional(SwiftNode type) {
    return SwiftNode.of(
        SwiftKind.BOUND_GENERIC, FIRST_TYPES['q'], SwiftNode.of(SwiftKind.LIST, type));
  }
}
