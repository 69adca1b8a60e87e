package dev.wasmortem.wasm.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpcodeTest {
  @Test
  void everyRowIsFoundByItsCode() {
    for (Opcode opcode : Opcode.values()) {
      assertEquals(Optional.of(opcode), Opcode.of(opcode.prefix(), opcode.code()), opcode.name());
    }
  }

  @Test
  void whatIsNoInstruction() {
    for (int code : new int[] {0x16, 0x17, 0x1d, 0x1e, 0x27, 0xc5, 0xcf, 0xd7, 0xf0, 0xff}) {
      assertEquals(Optional.empty(), Opcode.of(0, code));
    }
    assertEquals(Optional.empty(), Opcode.of(0xfd, 0x9a));
    assertEquals(Optional.empty(), Opcode.of(0xfd, 0x114));
    assertEquals(Optional.empty(), Opcode.of(0xfc, Integer.MAX_VALUE));
    assertEquals(Optional.empty(), Opcode.of(0xff, 0));
    assertEquals(Optional.empty(), Opcode.of(0, -1));
  }

  @Test
  void constantsAreNamedAsTheInstructions() {
    Set<String> seen = new HashSet<>();
    for (Opcode opcode : Opcode.values()) {
      String expected =
          opcode == Opcode.SELECT_T
              ? "SELECT_T"
              : opcode.mnemonic().toUpperCase(Locale.ROOT).replace('.', '_').replace(' ', '_');
      assertEquals(expected, opcode.name());
      assertTrue(seen.add(opcode.name()));
    }
  }

  /** How many there are: 1.0 has 172, 2.0 added 5 + 8 + 7 + 7 + 236 (specification, appendix). */
  @Test
  void countsOfTheSpecification() {
    assertEquals(172, count(Proposal.CORE_1));
    assertEquals(5, count(Proposal.SIGN_EXTENSION));
    assertEquals(8, count(Proposal.SATURATING_CONVERSION));
    assertEquals(7, count(Proposal.BULK_MEMORY));
    assertEquals(9, count(Proposal.REFERENCE_TYPES));
    assertEquals(236, count(Proposal.SIMD));
    assertEquals(20, count(Proposal.RELAXED_SIMD));
    assertEquals(31 + 1, count(Proposal.GC), "and ref.eq");
    assertEquals(67, count(Proposal.THREADS));
  }

  private static long count(Proposal proposal) {
    return Arrays.stream(Opcode.values()).filter(opcode -> opcode.proposal() == proposal).count();
  }

  @Test
  void accessesKnowTheirSize() {
    assertEquals(4, Opcode.F32_LOAD.immediates().get(0).size());
    assertEquals(2, Opcode.I64_STORE16.immediates().get(0).size());
    assertEquals(16, Opcode.V128_LOAD.immediates().get(0).size());
    assertEquals(8, Opcode.V128_LOAD32X2_S.immediates().get(0).size());
    assertEquals(4, Opcode.V128_LOAD32_LANE.immediates().get(0).size());
    assertEquals(4, Opcode.V128_LOAD32_LANE.immediates().get(1).size(), "lanes");
    assertEquals(1, Opcode.I64_ATOMIC_RMW8_CMPXCHG_U.immediates().get(0).size());
  }

  @Test
  void everyMemoryAccessSaysItsAddress() {
    for (Opcode opcode : Opcode.values()) {
      boolean access =
          opcode.immediates().stream()
              .anyMatch(immediate -> immediate.encoding() == Immediate.Encoding.MEMARG);
      assertEquals(access, access && opcode.signature().startsWith("addr "), opcode.name());
      assertFalse(access && opcode.signature().equals(Opcode.CONTEXTUAL));
    }
  }
}
