package dev.wasmortem.bytes;

/** An array as a source: one block, no copy. */
final class ArraySource extends ByteSource {
  private final Block block;

  ArraySource(String name, byte[] bytes) {
    super(name, bytes.length);
    this.block = new Block(0, bytes);
  }

  @Override
  public FileOffset origin() {
    return new FileOffset(0);
  }

  @Override
  ByteSource root() {
    return this;
  }

  @Override
  Block block(long offset) {
    return block;
  }

  @Override
  void copy(long offset, byte[] target, int targetOffset, int length) {
    System.arraycopy(block.bytes(), (int) offset, target, targetOffset, length);
  }
}
