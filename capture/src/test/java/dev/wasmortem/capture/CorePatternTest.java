package dev.wasmortem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import java.nio.file.Path;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorePatternTest {
  static Crash crash(String executable) {
    Trap trap = new Trap(TrapKind.UNREACHABLE, "unreachable", 0);
    return new Crash(executable, trap, Instant.ofEpochSecond(1_700_000_000));
  }

  private static String expand(String pattern, String executable) {
    return CorePattern.parse(pattern).expand(crash(executable), 7).toString();
  }

  @Test
  void fillsInEachField() {
    String pid = Long.toString(ProcessHandle.current().pid());
    assertEquals("core.app." + pid, expand("core.%e.%p", "app.wasm"));
    assertEquals("1700000000-7", expand("%t-%u", "app.wasm"));
    assertEquals("100%e", expand("100%%e", "app.wasm"));
    assertFalse(expand("%h", "app.wasm").isEmpty());
    assertEquals("core", expand("core", "app.wasm"));
  }

  @ParameterizedTest
  @CsvSource({
    "app.wasm, app",
    "/usr/lib/app.wasm, app",
    "C:\\lib\\app.wasm, app",
    "../../etc/passwd, passwd",
    "https://example.org/a.wasm?x=1, a.wasm_x_1",
    ".., _.",
    ".hidden, _hidden",
    "'', wasm",
    "/, wasm",
    "naïve name, na_ve_name",
  })
  void namesFromFilesAreSanitised(String executable, String expected) {
    assertEquals(expected, expand("%e", executable));
  }

  @Property
  void noNameLeavesTheFolder(@ForAll String executable) {
    Path path = CorePattern.parse("dir/%e").expand(crash(executable), 1);
    assertEquals(Path.of("dir"), path.getParent());
    assertEquals(path, path.normalize());
    assertTrue(path.getFileName().toString().length() <= CorePattern.MAX_NAME_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dir/", "%", "core%", "%x", "%E", "%e.%"})
  void refusesWhatIsNoPattern(String pattern) {
    var e = assertThrows(IllegalArgumentException.class, () -> CorePattern.parse(pattern));
    assertTrue(e.getMessage().startsWith("core pattern \"" + pattern + "\""), e.getMessage());
  }

  @Test
  void knowsWhetherFilesAreNew() {
    assertTrue(CorePattern.parse(CorePattern.DEFAULT).isUnique());
    assertFalse(CorePattern.parse("core%%u").isUnique());
    assertEquals("%e", CorePattern.parse("%e").toString());
  }
}
