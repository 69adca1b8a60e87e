package dev.wasmortem.capture.endive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.testkit.ConventionReader.Activation;
import dev.wasmortem.testkit.ConventionReader.Dump;
import dev.wasmortem.testkit.ConventionReader.GlobalValue;
import dev.wasmortem.testkit.ConventionReader.Memory;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Store;

/** Several instances in one dump, with the index maps worked out by hand. */
class LinkedInstancesTest {
  private final Session session = new Session();

  private static String text(Memory memory, long address, int length) {
    return new String(memory.read(address, length), UTF_8);
  }

  /** The example of the convention's discussion: b.g calls a.f, which traps. */
  @Test
  void twoModulesWithTheirOwnMemories() {
    Store store = new Store();
    store.register("a", session.instance("linked/a"));
    Instance b = session.instance("linked/b", store.toImportValues());
    Dump dump = session.dumpOf(() -> b.export("g").apply(9));

    assertEquals("b.wasm", dump.executable());
    assertEquals(List.of("a", "b"), dump.modules());
    assertEquals(
        List.of(
            new ConventionReader.Instance(0, List.of(0L), List.of(0L)),
            new ConventionReader.Instance(1, List.of(1L), List.of(1L))),
        dump.instances());
    assertEquals(
        List.of(
            new Activation(0, 0, 7, List.of("i32:9", "i64:0"), List.of("i32:9", "i32:0")),
            new Activation(1, 1, 5, List.of("i32:9"), List.of("i32:5"))),
        dump.threads().get(0).frames());
    assertEquals(List.of(), session.core().threads().get(0).hostFrames());
    assertEquals(2, dump.memories().size());
    Memory first = dump.memories().get(0);
    assertEquals(1, first.pages());
    assertEquals(3, first.maximum());
    assertEquals("memory of a", text(first, 0, 11));
    Memory second = dump.memories().get(1);
    assertEquals(2, second.pages());
    assertEquals(-1, second.maximum());
    assertEquals("memory of b", text(second, 65536, 11));
    assertEquals(
        List.of(new GlobalValue(0x7f, 0, "i32:11"), new GlobalValue(0x7e, 0, "i64:22")),
        dump.globals());
  }

  @Test
  void threeInstancesOfOneModule() {
    Instance last =
        session.instance(
            "linked/chain",
            ImportValues.builder()
                .addFunction(Session.hostFunction("next", "f", (instance, args) -> args))
                .build());
    Instance middle = session.instance("linked/chain", importing(last));
    Instance first = session.instance("linked/chain", importing(middle));
    Dump dump = session.dumpOf(() -> first.export("f").apply(2));

    // A module without a name of its own is called by its file's.
    assertEquals(List.of("chain.wasm"), dump.modules());
    assertEquals(
        List.of(
            new ConventionReader.Instance(0, List.of(0L), List.of(0L)),
            new ConventionReader.Instance(0, List.of(1L), List.of(1L)),
            new ConventionReader.Instance(0, List.of(2L), List.of(2L))),
        dump.instances());
    assertEquals(
        List.of("0 1 17 i32:0", "1 1 24 i32:1", "2 1 24 i32:2"),
        dump.threads().get(0).frames().stream().map(LinkedInstancesTest::line).toList());
    assertEquals(
        List.of("i32:0", "i32:1", "i32:2"),
        dump.globals().stream().map(GlobalValue::value).toList());
    assertEquals(
        List.of(0, 1, 2),
        dump.memories().stream().map(memory -> (int) memory.read(16, 1)[0]).toList());
  }

  private static ImportValues importing(Instance instance) {
    return ImportValues.builder()
        .addFunction(ImportFunction.exportAsImport("next", "f", instance, "f"))
        .build();
  }

  private static String line(Activation frame) {
    return frame.instance()
        + " "
        + frame.function()
        + " "
        + frame.codeOffset()
        + " "
        + String.join(" ", frame.locals());
  }

  @Test
  void aSharedMemoryAndASharedGlobal() {
    Store store = new Store();
    store.register("owner", session.instance("linked/owner"));
    Instance user = session.instance("linked/user", store.toImportValues());
    Dump dump = session.dumpOf(() -> user.export("go").apply());

    // Memories are numbered as they are defined: private and shared of owner, private of user.
    assertEquals(
        List.of(
            new ConventionReader.Instance(0, List.of(0L, 1L), List.of(0L, 1L)),
            new ConventionReader.Instance(1, List.of(1L, 2L), List.of(1L, 2L))),
        dump.instances());
    assertEquals(List.of("owner", "user"), dump.modules());
    assertEquals(List.of(1L, 1L, 3L), dump.memories().stream().map(Memory::pages).toList());
    assertEquals(List.of(1L, 4L, -1L), dump.memories().stream().map(Memory::maximum).toList());
    assertEquals("private of owner", text(dump.memories().get(0), 0, 16));
    assertEquals("Shared", text(dump.memories().get(1), 0, 6));
    assertEquals(0, dump.memories().get(2).captured());
    assertEquals(
        List.of("i32:31", "i64:33", "f32:0x42240000"),
        dump.globals().stream().map(GlobalValue::value).toList());
    assertEquals(
        List.of("0 0 5 ", "1 1 9 "),
        dump.threads().get(0).frames().stream().map(LinkedInstancesTest::line).toList());
  }

  /** Of the session's instances only those that have to do with the stack are dumped. */
  @Test
  void linkedInstancesThatAreNotOnTheStack() {
    Store store = new Store();
    Instance owner = session.instance("linked/owner");
    store.register("owner", owner);
    Instance user = session.instance("linked/user", store.toImportValues());
    Instance stranger = session.instance("linked/a");
    Dump dump = session.dumpOf(() -> owner.export("fail").apply());
    assertEquals(List.of("owner", "user"), dump.modules());
    assertEquals(1, dump.threads().get(0).frames().size());
    dump = session.dumpOf(() -> stranger.export("f").apply(1));
    assertEquals(List.of("a"), dump.modules());
    assertEquals(0, user.memory(1).read(0));
  }
}
