package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;

/** The type of a table (§5.3.13); sizes are in elements. */
public record TableType(RefType element, SizeLimits limits, AddressType addressType)
    implements ExternType {
  /** Reads a {@code tabletype}. */
  public static TableType read(Cursor cursor) {
    RefType element = RefType.read(cursor);
    int flags = LimitsCode.readFlags(cursor, LimitsCode.MAX | LimitsCode.ADDRESS_64);
    SizeLimits limits = LimitsCode.readLimits(cursor, flags);
    return new TableType(element, limits, LimitsCode.addressType(flags));
  }

  @Override
  public ExternKind kind() {
    return ExternKind.TABLE;
  }

  @Override
  public void writeTo(ByteWriter out) {
    element.writeTo(out);
    out.u8(LimitsCode.flags(limits, addressType));
    LimitsCode.write(out, limits);
  }
}
