package dev.wasmortem.symbols;

/**
 * What a function is called, and who says so.
 *
 * @param text the name, verbatim as the module has it, so not safe to print; {@code func[12]} when
 *     there is none
 * @param origin who says so
 */
public record FunctionName(String text, Origin origin) {
  /** Where a name comes from. */
  public enum Origin {
    /** The name section of the module, or of its debug file. */
    NAME_SECTION,
    /** The first export of the function. */
    EXPORT,
    /** Nobody: the name is made of the function's index. */
    INDEX
  }

  static FunctionName ofIndex(int functionIndex) {
    return new FunctionName("func[" + functionIndex + "]", Origin.INDEX);
  }
}
