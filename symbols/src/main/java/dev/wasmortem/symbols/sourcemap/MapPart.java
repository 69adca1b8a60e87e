package dev.wasmortem.symbols.sourcemap;

/**
 * One of the maps that an index map joins, or the only map; its sources and names stand in lists
 * that all parts share.
 *
 * @param mappings where its mappings' string stands in the JSON, before the quotation mark
 * @param base the offset in the module that its offsets count from
 * @param end the offset in the module where the next part begins
 * @param firstSource the index of its first source
 * @param sources the number of its sources
 * @param firstName the index of its first name
 * @param names the number of its names
 */
record MapPart(
    long mappings, long base, long end, int firstSource, int sources, int firstName, int names) {}
