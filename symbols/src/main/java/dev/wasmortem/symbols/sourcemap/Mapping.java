package dev.wasmortem.symbols.sourcemap;

import dev.wasmortem.bytes.FileOffset;
import java.util.Optional;

/**
 * Where the code of a module came from, from an offset on up to the next mapping's.
 *
 * @param start an offset in the whole file of the module
 * @param original the place in the source; empty for code that has none
 */
public record Mapping(FileOffset start, Optional<OriginalPosition> original) {}
