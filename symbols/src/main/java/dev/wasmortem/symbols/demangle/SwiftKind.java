package dev.wasmortem.symbols.demangle;

/** What a part of a Swift name is, and in what roles operators behind it may take it. */
enum SwiftKind {
  // Names of declarations.
  IDENTIFIER(Role.NAME),
  OPERATOR(Role.NAME),
  LOCAL_NAME(Role.NAME),
  PRIVATE_NAME(Role.NAME),
  RELATED_NAME(Role.NAME),

  // Declarations, whose first part is the one that they stand in.
  MODULE(Role.CONTEXT),
  EXTENSION(Role.CONTEXT),
  ANONYMOUS_CONTEXT(Role.CONTEXT),
  CLASS(Role.TYPE, Role.CONTEXT, Role.NOMINAL),
  STRUCTURE(Role.TYPE, Role.CONTEXT, Role.NOMINAL),
  ENUM(Role.TYPE, Role.CONTEXT, Role.NOMINAL),
  PROTOCOL(Role.TYPE, Role.CONTEXT, Role.NOMINAL),
  OTHER_NOMINAL(Role.TYPE, Role.CONTEXT, Role.NOMINAL),
  TYPE_ALIAS(Role.TYPE, Role.CONTEXT, Role.NOMINAL),
  FUNCTION(Role.CONTEXT),
  VARIABLE(Role.CONTEXT),
  SUBSCRIPT(Role.CONTEXT),
  ACCESSOR(Role.CONTEXT),
  CONSTRUCTOR(Role.CONTEXT),
  DESTRUCTOR(Role.CONTEXT),
  INITIALIZER(Role.CONTEXT),
  CLOSURE(Role.CONTEXT),
  MACRO(Role.CONTEXT),
  MACRO_EXPANSION(Role.CONTEXT),
  TYPE_PARAMETER(Role.CONTEXT),
  STATIC(Role.CONTEXT),
  BOUND_FUNCTION,

  // Types.
  BUILTIN(Role.TYPE),
  FIXED_ARRAY(Role.TYPE),
  INTEGER(Role.TYPE),
  BOUND_GENERIC(Role.TYPE),
  FUNCTION_TYPE(Role.TYPE),
  /** A function type that says how it is called: {@code @convention(c)}. */
  CONVENTION_TYPE(Role.TYPE),
  IMPLEMENTATION_TYPE(Role.TYPE),
  TUPLE(Role.TYPE),
  METATYPE(Role.TYPE),
  EXISTENTIAL_METATYPE(Role.TYPE),
  PROTOCOLS(Role.TYPE),
  PROTOCOLS_AND_CLASS(Role.TYPE),
  PROTOCOLS_AND_OBJECT(Role.TYPE),
  CONSTRAINED_EXISTENTIAL(Role.TYPE),
  PARAMETER(Role.TYPE),
  EXISTENTIAL_SELF(Role.TYPE),
  MEMBER_TYPE(Role.TYPE),
  ASSOCIATED_TYPE(Role.TYPE),
  GENERIC_TYPE(Role.TYPE),
  DYNAMIC_SELF(Role.TYPE),
  ERROR_TYPE(Role.TYPE),
  OPAQUE_TYPE(Role.TYPE),
  OPAQUE_RESULT(Role.TYPE),
  PACK(Role.TYPE),
  PACK_EXPANSION(Role.TYPE),
  INOUT(Role.TYPE),
  MODIFIED_TYPE(Role.TYPE),
  BOX(Role.TYPE),
  SUGARED_OPTIONAL(Role.TYPE),
  SUGARED_ARRAY(Role.TYPE),
  SUGARED_DICTIONARY(Role.TYPE),

  // What stands between types and is taken with them.
  EMPTY_LIST,
  FIRST_ELEMENT,
  VARIADIC,
  THROWS,
  ASYNC,
  SENDABLE,
  ISOLATION,
  DIFFERENTIABLE,
  SENDING_RESULT,

  // Parts of types and declarations.
  LABELS,
  LIST,
  TUPLE_ELEMENT,
  ASSOCIATED_NAME,
  SIGNATURE,
  PARAMETER_COUNT,
  PACK_MARKER(Role.REQUIREMENT),
  VALUE_MARKER(Role.REQUIREMENT),
  REQUIREMENT(Role.REQUIREMENT),
  IMPLEMENTATION_PART,
  PATTERN_SUBSTITUTIONS,
  INVOCATION_SUBSTITUTIONS,
  CONFORMANCE,
  /** A conformance as type arguments refer to it, which is not printed. */
  CONFORMANCE_REFERENCE,
  CONFORMANCE_ARGUMENT,
  RETROACTIVE_CONFORMANCE,
  OPAQUE_RESULT_OF,

  // Whole names.
  /** Its text. */
  LITERAL,
  /** Its parts, one after the other. */
  SEQUENCE,
  /** Said of the function whose name stands before it. */
  ATTRIBUTE(Role.ATTRIBUTE),
  /** As well, but the function is in the source what it is without it. */
  COPY(Role.ATTRIBUTE),
  SPECIALIZATION(Role.ATTRIBUTE),
  ARGUMENT_SPECIALIZATION,
  PARTIAL_APPLY(Role.ATTRIBUTE),
  SUFFIX;

  /** What a part may be used as. */
  enum Role {
    NAME(1),
    CONTEXT(2),
    TYPE(4),
    NOMINAL(8),
    REQUIREMENT(16),
    ATTRIBUTE(32);

    private final int bit;

    Role(int bit) {
      this.bit = bit;
    }
  }

  /** The bits of its roles. */
  private final int roles;

  SwiftKind(Role... roles) {
    int bits = 0;
    for (Role role : roles) {
      bits |= role.bit;
    }
    this.roles = bits;
  }

  boolean is(Role role) {
    return (roles & role.bit) != 0;
  }
}
