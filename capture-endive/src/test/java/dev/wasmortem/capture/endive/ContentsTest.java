package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.Contents;
import dev.wasmortem.capture.MemoryCandidate;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.ProcessInfo;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.WriterOptions.ModuleBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import run.endive.runtime.Instance;
import run.endive.runtime.Store;
import run.endive.wasm.Parser;

/** How much of a guest goes into its dump, by options; addresses from pointed.c by wasm-objdump. */
class ContentsTest {
  /** 3008 bytes below where the stack begins. */
  private static final long STACK = 62528;

  private static final long STACK_BASE = 65536;

  /** heap_like[50000], which a variable on the stack points to. */
  private static final long POINTED = 81920 + 4 * 50000;

  /** lonely[100], which nothing points to. */
  private static final long LONELY = 65536 + 8192 + 100;

  private static Coredump dump(Session session) {
    Instance instance = session.instance("pointed/pointed");
    instance.export("touch").apply();
    session.dumpOf(() -> instance.export("go").apply(5));
    return session.core();
  }

  private static List<MemoryState> states(Coredump dump, long start, long length) {
    byte[] bytes = new byte[(int) length];
    return dump.memories().get(0).read(new MemoryAddress(start), bytes, 0, bytes.length).stream()
        .map(MemoryRange::state)
        .distinct()
        .toList();
  }

  private static int word(Coredump dump, long address) {
    byte[] bytes = new byte[4];
    dump.memories().get(0).read(new MemoryAddress(address), bytes, 0, 4);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private static void expectStackAndPointed(Coredump dump) {
    List<MemoryState> stack = states(dump, STACK, STACK_BASE - STACK);
    assertTrue(stack.contains(MemoryState.CAPTURED), stack::toString);
    assertFalse(stack.contains(MemoryState.NOT_CAPTURED), stack::toString);
    assertEquals(1234, word(dump, POINTED));
    assertEquals(List.of(MemoryState.CAPTURED), states(dump, POINTED, 2));
  }

  @Test
  void whatTheFramesPointTo() {
    Session session = new Session(CaptureOptions.builder().contents(Contents.STACKS_AND_POINTED));
    Coredump dump = dump(session);
    expectStackAndPointed(dump);
    assertEquals(List.of(MemoryState.NOT_CAPTURED), states(dump, LONELY, 100));
    List<Note> notes = session.captured.get(0).notes();
    assertEquals(List.of(Note.MEMORY_LEFT_OUT), notes.stream().map(Note::code).toList());
    assertTrue(
        notes.get(0).message().endsWith("only what the frames point to was asked for"),
        notes::toString);
  }

  @Test
  void aDumpOfLimitedSizeKeepsTheStackAndWhatItPointsTo() {
    Session session = new Session();
    Coredump whole = dump(session);
    assertEquals(List.of(MemoryState.CAPTURED), states(whole, LONELY, 100));
    assertEquals(List.of(), session.captured.get(0).notes());
    long limit = session.only().size() - 5000;
    Session limited = new Session(CaptureOptions.builder().maxBytes(limit));
    Coredump part = dump(limited);
    long size = limited.only().size();
    assertTrue(size <= limit && size > limit - 1000, size + " of " + limit);
    expectStackAndPointed(part);
    List<MemoryState> rest = states(part, LONELY, 7000);
    assertTrue(rest.contains(MemoryState.NOT_CAPTURED), rest::toString);
    assertTrue(
        limited.captured.get(0).notes().stream()
            .anyMatch(note -> note.message().contains("no more than " + limit)));
    // Too small for anything: the stacks are there all the same.
    Session tiny = new Session(CaptureOptions.builder().maxBytes(1));
    Coredump stacks = dump(tiny);
    assertEquals(2, stacks.threads().get(0).frames().size());
    assertEquals(List.of(MemoryState.NOT_CAPTURED), states(stacks, POINTED, 2));
  }

  @Test
  void regionsOfAProgram() {
    Coredump dump = dump(new Session());
    List<String> regions = new ArrayList<>();
    for (Region region : dump.regions()) {
      regions.add(region.kind().id() + " " + region.start().value() + "+" + region.length());
    }
    assertEquals(
        List.of("stack 0+65536", "data 65536+16384", "data 81920+400000", "heap 481920+42368"),
        regions);
  }

  @Test
  void onlyTheMemoriesThatWereChosen() {
    List<MemoryCandidate> asked = new ArrayList<>();
    Session session =
        new Session(
            CaptureOptions.builder()
                .memories(
                    candidate -> {
                      asked.add(candidate);
                      return candidate.exports().contains("memory");
                    }));
    Store store = new Store();
    Instance owner = session.instance("linked/owner");
    store.register("owner", owner);
    session.instance("linked/user", store.toImportValues());
    session.dumpOf(() -> owner.export("fail").apply());
    Coredump dump = session.core();
    assertEquals(3, dump.memories().size());
    List<Long> captured =
        dump.memories().stream().map(memory -> memory.bytesIn(MemoryState.CAPTURED)).toList();
    assertEquals(0, captured.get(0));
    assertTrue(captured.get(1) > 0, captured::toString);
    assertEquals(0, captured.get(2));
    assertEquals(4, asked.size());
    assertEquals("owner", asked.get(0).module());
    assertEquals(65536, asked.get(0).size());
  }

  // -- Modules and the process

  @Test
  void aModuleIsKnownByItsHash() throws Exception {
    Path file = Session.fixture("pointed/pointed");
    byte[] bytes = Files.readAllBytes(file);
    String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    var identity = dump(new Session()).modules().get(0).identity();
    assertEquals(Optional.of(sha), identity.sha256());
    assertEquals(bytes.length, identity.fileSize().orElseThrow());
    assertEquals(Optional.empty(), identity.buildId());
  }

  @Test
  void aModuleThatNamesItsBuildAndItsDebugInformation() {
    byte[] bytes =
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0)
            .exports(WasmBytes.export("f", 0, 0))
            .code(WasmBytes.body("", "00 0b"))
            .custom("build_id", WasmBytes.hex("03 aa bb cc"))
            .custom("external_debug_info", WasmBytes.empty().name("app.debug.wasm"))
            .toByteArray();
    Session session = new Session();
    Instance instance =
        session.capture.builder(Parser.parse(bytes), ByteSource.of("app", bytes)).build();
    session.dumpOf(() -> instance.export("f").apply());
    var identity = session.core().modules().get(0).identity();
    assertEquals("aabbcc", identity.buildId().orElseThrow().hex());
    assertEquals(Optional.of("app.debug.wasm"), identity.debugInfoUrl());
    assertEquals(bytes.length, identity.fileSize().orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(ModuleBytes.class)
  void theModulesFile(ModuleBytes place) throws Exception {
    Session session = new Session(CaptureOptions.builder().moduleBytes(place));
    Instance instance = session.instance("pointed/pointed");
    instance.export("touch").apply();
    Session.death(() -> instance.export("go").apply(5));
    Optional<ByteSource> found = session.core().moduleBytes(0);
    assertEquals(place != ModuleBytes.NONE, found.isPresent());
    if (found.isPresent()) {
      byte[] bytes = new byte[(int) found.get().size()];
      found.get().copyTo(0, bytes, 0, bytes.length);
      byte[] expected = Files.readAllBytes(Session.fixture("pointed/pointed"));
      assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(bytes));
    }
  }

  @Test
  void theProcess() {
    Session session =
        new Session(
            CaptureOptions.builder()
                .arguments(List.of("pointed", "5"))
                .environment(List.of("KEY=secret")));
    ProcessInfo process = dump(session).process().orElseThrow();
    assertEquals(Optional.of("endive"), process.runtime());
    assertEquals(Optional.of("1.2.0"), process.runtimeVersion());
    assertEquals(ProcessHandle.current().pid(), process.pid().orElseThrow());
    assertEquals(Optional.of(session.captured.get(0).crash().time()), process.time());
    assertEquals(Optional.of(List.of("pointed", "5")), process.arguments());
    assertEquals(Optional.of(List.of("KEY=secret")), process.environment());
  }
}
