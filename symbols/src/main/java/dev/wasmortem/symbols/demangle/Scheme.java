package dev.wasmortem.symbols.demangle;

/** The schemes by which compilers make one name of a function's scope, name and types. */
public enum Scheme {
  /** The Itanium C++ ABI's, which all compilers to WebAssembly use for C++. */
  ITANIUM,
  /** Rust's first: that of C++ with a hash at the end. */
  RUST_LEGACY,
  /** Rust's own (RFC 2603), {@code _R}. */
  RUST_V0,
  /** Swift's, {@code $s}. */
  SWIFT
}
