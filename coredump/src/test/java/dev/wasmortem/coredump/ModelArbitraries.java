package dev.wasmortem.coredump;

import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.AddressType;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.SizeLimits;
import dev.wasmortem.wasm.types.TableType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Parts of dumps, of every kind there is. */
final class ModelArbitraries {
  /** Functions that an engine allows in a module (JavaScript interface); more are insane. */
  private static final int FUNCTIONS = 1_000_000;

  private ModelArbitraries() {}

  static Arbitrary<String> names() {
    return Arbitraries.strings()
        .ofMaxLength(12)
        .filter(name -> name.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
  }

  static Arbitrary<CoreModule> modules() {
    Arbitrary<String> hex =
        Arbitraries.strings().withCharRange('0', '9').withCharRange('a', 'f').ofLength(64);
    Arbitrary<ModuleIdentity> identities =
        Combinators.combine(
                hex.injectNull(0.3),
                hex.injectNull(0.3),
                names().injectNull(0.3),
                Arbitraries.longs().greaterOrEqual(0).injectNull(0.3))
            .as(
                (sha256, id, url, size) -> {
                  ModuleIdentity.Builder identity = ModuleIdentity.builder();
                  if (sha256 != null) {
                    identity.sha256(sha256);
                  }
                  if (id != null) {
                    identity.buildId(new BuildId(id.substring(24)));
                  }
                  if (url != null) {
                    identity.debugInfoUrl(url);
                  }
                  if (size != null) {
                    identity.fileSize(size);
                  }
                  return identity.build();
                });
    return Combinators.combine(names(), identities).as(CoreModule::new);
  }

  static Arbitrary<CoreThread> threads() {
    Arbitrary<Frame> frames =
        Combinators.combine(
                Arbitraries.integers().between(0, RoundTripPropertyTest.INSTANCES - 1),
                Arbitraries.integers().between(0, FUNCTIONS - 1),
                Arbitraries.integers().greaterOrEqual(0).map(BodyOffset::new),
                values().list().ofMaxSize(6),
                values().list().ofMaxSize(6))
            .as(Frame::new);
    Arbitrary<HostFrame> hostFrames =
        Combinators.combine(Arbitraries.integers().between(0, 6), names()).as(HostFrame::new);
    return Combinators.combine(names(), frames.list().ofMaxSize(6), hostFrames.list().ofMaxSize(3))
        .as(CoreThread::new);
  }

  static Arbitrary<Trap> traps() {
    Arbitrary<MemoryFault> faults =
        Combinators.combine(
                Arbitraries.integers().between(-1, 0), Arbitraries.longs().map(MemoryAddress::new))
            .as(MemoryFault::new);
    return Combinators.combine(
            Arbitraries.of(TrapKind.class),
            names(),
            Arbitraries.integers().between(-1, 9),
            Arbitraries.integers().between(-1, 9),
            faults.injectNull(0.3),
            values().list().ofMaxSize(3),
            Combinators.combine(names(), names()).as(HostException::new).list().ofMaxSize(3))
        .as(Trap::new);
  }

  static Arbitrary<ProcessInfo> processes() {
    return Combinators.combine(
            names().list().ofMaxSize(3).injectNull(0.3),
            names().list().ofMaxSize(3).injectNull(0.3),
            names().injectNull(0.3),
            names().injectNull(0.3),
            Arbitraries.longs().between(-1L << 40, 1L << 40).injectNull(0.3),
            Arbitraries.longs().injectNull(0.3))
        .as(
            (arguments, environment, runtime, host, time, pid) -> {
              ProcessInfo.Builder process = ProcessInfo.builder();
              if (arguments != null) {
                process.arguments(arguments);
              }
              if (environment != null) {
                process.environment(environment);
              }
              if (runtime != null) {
                process.runtime(runtime).runtimeVersion(runtime + "1");
              }
              if (host != null) {
                process.host(host);
              }
              if (time != null) {
                process.time(Instant.ofEpochSecond(time / 1000, Math.floorMod(time, 999_999_999)));
              }
              if (pid != null) {
                process.pid(pid);
              }
              return process.build();
            });
  }

  static Arbitrary<Region> regions() {
    return Combinators.combine(
            Arbitraries.just(0),
            Arbitraries.longs().map(MemoryAddress::new),
            Arbitraries.longs(),
            Arbitraries.of(Region.Kind.class),
            names())
        .as(Region::new);
  }

  static Arbitrary<CoreTable> tables() {
    Arbitrary<CoreTable.Run> runs =
        Combinators.combine(Arbitraries.longs().between(1, 1L << 40), references())
            .as(CoreTable.Run::new);
    return Combinators.combine(
            Arbitraries.of(RefType.FUNCREF, RefType.EXTERNREF, RefType.nonNull(index())),
            Arbitraries.of(AddressType.class),
            runs.list().ofMaxSize(5),
            Arbitraries.longs().between(0, 9))
        .as(
            (element, addresses, all, notCaptured) -> {
              long size = notCaptured + all.stream().mapToLong(CoreTable.Run::count).sum();
              return new CoreTable(
                  new TableType(element, SizeLimits.between(3, 1 << 20), addresses), size, all);
            });
  }

  static Arbitrary<Value> values() {
    return Arbitraries.oneOf(
        Arbitraries.integers().map(Value.I32::new),
        Arbitraries.longs().map(Value.I64::new),
        // Bits, not floats: NaNs keep their payload.
        Arbitraries.integers().map(Value.F32::new),
        Arbitraries.of(0x7f800001, 0xffc12345, 0x7fc00000).map(Value.F32::new),
        Arbitraries.longs().map(Value.F64::new),
        Arbitraries.of(0x7ff0000000000001L, 0xfff8000000abcdefL).map(Value.F64::new),
        Arbitraries.longs().map(bits -> new Value.V128(bits, ~bits * 3)),
        references().map(reference -> reference),
        Arbitraries.just(Value.MISSING));
  }

  private static Arbitrary<Value.Reference> references() {
    List<HeapType> types = new ArrayList<>(List.of(AbstractHeapType.values()));
    types.add(index());
    Arbitrary<HeapType> type = Arbitraries.of(types);
    return Arbitraries.oneOf(
        type.map(Value.NullRef::new),
        type.map(Value.OpaqueRef::new),
        Combinators.combine(
                type,
                Arbitraries.integers().between(-1, 9),
                Arbitraries.integers().greaterOrEqual(-1))
            .as(Value.FuncRef::new));
  }

  private static HeapType index() {
    return new HeapType.TypeIndex(1234);
  }
}
