package dev.wasmortem.bytes;

/** A part of another source; slices of slices refer to the source that holds the bytes. */
final class SliceSource extends ByteSource {
  private final ByteSource root;
  private final FileOffset origin;

  SliceSource(ByteSource root, long origin, long size) {
    super(root.name(), size);
    this.root = root;
    this.origin = new FileOffset(origin);
  }

  @Override
  public FileOffset origin() {
    return origin;
  }

  @Override
  ByteSource root() {
    return root;
  }

  @Override
  Block block(long offset) {
    return root.block(offset);
  }

  @Override
  void copy(long offset, byte[] target, int targetOffset, int length) {
    root.copy(offset, target, targetOffset, length);
  }
}
