package dev.wasmortem.symbols.demangle;

/** How tightly C++ expressions bind, the tightest first. */
enum Precedence {
  PRIMARY,
  POSTFIX,
  UNARY,
  CAST,
  POINTER_TO_MEMBER,
  MULTIPLICATIVE,
  ADDITIVE,
  SHIFT,
  SPACESHIP,
  RELATIONAL,
  EQUALITY,
  AND,
  XOR,
  OR,
  LOGICAL_AND,
  LOGICAL_OR,
  CONDITIONAL,
  ASSIGNMENT,
  COMMA
}
