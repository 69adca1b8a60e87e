package dev.wasmortem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PointedMemoryTest {
  private static final long SIZE = 1 << 20;

  private final PointedMemory pointed = new PointedMemory(SIZE);

  private List<String> texts() {
    return pointed.ranges().stream().map(r -> r.start().value() + "+" + r.length()).toList();
  }

  /** 1 KiB before and 4 KiB after, both to the next 256 bytes: by hand. */
  @Test
  void aPlaceIsAroundAnAddress() {
    pointed.addPlace(new Value.I32(100_000)); // 98976 down to 98816; 104096 up to 104192
    assertEquals(List.of("98816+5376"), texts());
  }

  @Test
  void placesStopAtTheEdges() {
    pointed.addPlace(new Value.I32(1));
    pointed.addPlace(new Value.I64(SIZE - 1));
    // 1 + 4096 up to 4352; 1048575 - 1024 down to 1047296
    assertEquals(List.of("0+4352", "1047296+1280"), texts());
  }

  @Test
  void whatIsNoAddressPointsNowhere() {
    pointed.addPlace(new Value.I32(0));
    pointed.addPlace(new Value.I32((int) SIZE));
    pointed.addPlace(new Value.I32(-1));
    pointed.addPlace(new Value.I64(-1));
    pointed.addPlace(new Value.F32(4096));
    pointed.addPlace(Value.MISSING);
    pointed.add(new MemoryAddress(SIZE), 100);
    assertEquals(List.of(), texts());
  }

  @Test
  void partsThatTouchAreOne() {
    pointed.add(new MemoryAddress(300), 100);
    pointed.add(new MemoryAddress(100), 200);
    pointed.add(new MemoryAddress(500), Long.MAX_VALUE);
    assertEquals(List.of("100+300", "500+1048076"), texts());
  }

  /** The words of a stack in memory point too; words stand at multiples of four. */
  @Test
  void aStackAndWhereItPoints() {
    byte[] memory = new byte[(int) SIZE];
    ByteBuffer words = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    words.putInt(60_000, 200_000);
    words.putInt(60_009, 300_000); // not at a multiple
    words.putInt(70_000, 400_000); // not on the stack
    pointed.addStack(new MemoryAddress(59_998), 1000, source(memory));
    // 200000: 198976 down to 198912; 204096 up to 204288
    assertEquals(List.of("59998+1000", "198912+5376"), texts());
  }

  private static MemorySource source(byte[] bytes) {
    return new MemorySource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(MemoryAddress address, byte[] target, int offset, int length) {
        System.arraycopy(bytes, (int) address.value(), target, offset, length);
      }
    };
  }

  @Test
  void thereAreOnlySoManyPlaces() {
    PointedMemory large = new PointedMemory(1L << 32);
    for (int i = 0; i < 3 * PointedMemory.MAX_PLACES; i++) {
      large.addPlace(new Value.I32(10_000 * i));
    }
    assertTrue(large.ranges().size() <= PointedMemory.MAX_PLACES);
  }

  @Property
  void rangesAreApartAndHoldEveryAddress(@ForAll List<Integer> addresses) {
    PointedMemory some = new PointedMemory(SIZE);
    addresses.forEach(address -> some.addPlace(new Value.I32(address)));
    List<AddressRange> ranges = some.ranges();
    long last = -1;
    for (AddressRange range : ranges) {
      assertTrue(range.start().value() > last && range.length() > 0);
      last = range.start().value() + range.length();
      assertTrue(last <= SIZE);
    }
    for (int address : addresses) {
      boolean held =
          ranges.stream()
              .anyMatch(
                  r -> address >= r.start().value() && address < r.start().value() + r.length());
      assertTrue(held || address <= 0 || address >= SIZE, Integer.toString(address));
    }
  }
}
