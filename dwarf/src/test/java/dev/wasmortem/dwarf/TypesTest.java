package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.dwarf.expression.BaseEncoding;
import dev.wasmortem.dwarf.expression.Evaluator;
import dev.wasmortem.dwarf.expression.Machine;
import dev.wasmortem.dwarf.expression.Place;
import dev.wasmortem.dwarf.expression.Reading;
import dev.wasmortem.dwarf.type.ArrayType;
import dev.wasmortem.dwarf.type.BaseType;
import dev.wasmortem.dwarf.type.Bound;
import dev.wasmortem.dwarf.type.EnumerationType;
import dev.wasmortem.dwarf.type.Enumerator;
import dev.wasmortem.dwarf.type.Member;
import dev.wasmortem.dwarf.type.PointerType;
import dev.wasmortem.dwarf.type.RecordType;
import dev.wasmortem.dwarf.type.SubroutineType;
import dev.wasmortem.dwarf.type.TemplateParameter;
import dev.wasmortem.dwarf.type.Type;
import dev.wasmortem.dwarf.type.Types;
import dev.wasmortem.dwarf.type.VariantPart;
import dev.wasmortem.dwarf.variable.Scopes;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The types of programs compiled for this, each in DWARF 4 and 5, with type units and with simple
 * names of templates. Layouts are those of the C++ ABI, worked out by hand.
 */
class TypesTest {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private Scopes open(String fixture) throws IOException {
    return openAt(Fixtures.path("types/" + fixture + ".wasm"));
  }

  private Scopes openAt(Path module) throws IOException {
    Dwarf dwarf = Dwarf.of(CustomSections.of(module), diagnostics::add);
    return Scopes.of(dwarf, Types.of(dwarf, diagnostics::add), diagnostics::add);
  }

  private static Type typeOf(Scopes scopes, String variable) {
    return scopes.named(variable).orElseThrow().type();
  }

  private static RecordType record(Scopes scopes, String name) {
    return assertInstanceOf(RecordType.class, scopes.types().named(name).orElseThrow());
  }

  private static Member member(RecordType record, String name) {
    return record.members().stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String layout(List<Member> members) {
    return members.stream()
        .map(
            member ->
                member
                    + "@"
                    + member.bitOffset().orElseThrow()
                    + (member.isBitField() ? ":" + member.bitSize().getAsLong() : ""))
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpp4", "cpp5", "units", "simple"})
  void namesAndSizesOfCpp(String fixture) throws IOException {
    Scopes scopes = open(fixture);
    StringBuilder all = new StringBuilder();
    for (String name :
        List.of(
            "plain",
            "scoped",
            "bottom",
            "box",
            "bits",
            "either",
            "hidden",
            "elsewhere",
            "matrix",
            "vector",
            "function",
            "dataPointer",
            "functionPointer",
            "qualified",
            "reference",
            "temporary",
            "utf16",
            "utf32",
            "wide",
            "truth",
            "small",
            "huge",
            "longDouble",
            "odd",
            "null",
            "names",
            "selector")) {
      Type type = typeOf(scopes, name);
      all.append(type.name()).append(' ').append(type.size().orElse(-1)).append('\n');
    }
    assertEquals(
        """
        geo::Plain 4
        geo::Scoped 1
        geo::Bottom * 4
        geo::Box<char, 5, int, geo::Plain> 5
        geo::Bits 8
        geo::Either 4
        (anonymous namespace)::Hidden 4
        Elsewhere * 4
        Matrix 48
        Vector 16
        Function 4
        int geo::Base::* 4
        int (geo::Bottom::*)(int) const 8
        const volatile int *const 4
        int (&)[4] 4
        int && 4
        char16_t 2
        char32_t 4
        wchar_t 4
        bool 1
        signed char 1
        unsigned __int128 16
        long double 16
        _BitInt(17) 4
        std::nullptr_t -1
        const char *const[2] 8
        int (*(*)(char))[2] 4
        """,
        all.toString());
    assertEquals("int[3][4]", typeOf(scopes, "matrix").stripped().name());
    assertEquals("void (*)(int, const char *, ...)", typeOf(scopes, "function").stripped().name());
    assertEquals(List.of(), diagnostics);
  }

  @ParameterizedTest
  @CsvSource({
    "utf16, UTF",
    "truth, BOOLEAN",
    "small, SIGNED_CHAR",
    "huge, UNSIGNED",
    "longDouble, FLOAT"
  })
  void encodings(String variable, BaseEncoding encoding) throws IOException {
    BaseType type = assertInstanceOf(BaseType.class, typeOf(open("cpp5"), variable));
    assertEquals(encoding, type.encoding());
  }

  @Test
  void bitsOfBaseTypes() throws IOException {
    BaseType odd = assertInstanceOf(BaseType.class, typeOf(open("cpp5"), "odd"));
    assertEquals(OptionalLong.of(17), odd.bitSize());
    assertEquals(0, odd.bitOffset());
    assertFalse(odd.isBigEndian());
    assertEquals(1, odd.scale().base());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpp4", "cpp5", "units", "simple"})
  void records(String fixture) throws IOException {
    Scopes scopes = open(fixture);
    RecordType bits = record(scopes, "geo::Bits");
    assertEquals(
        "unsigned int a@0:3, int b@3:7, bool c@10:1, unsigned long long wide@11:40",
        layout(bits.members()));
    RecordType bottom = record(scopes, "geo::Bottom");
    assertEquals(Type.Kind.CLASS, bottom.kind());
    assertEquals("geo::Left@0, geo::Right@64", layout(bottom.bases()));
    assertEquals(Member.Access.PUBLIC, bottom.bases().get(0).access());
    assertEquals("double own@192, char guarded@256", layout(bottom.members()));
    assertEquals(Member.Access.PROTECTED, member(bottom, "guarded").access());
    Member limit = bottom.staticMembers().get(0);
    assertEquals("LIMIT", limit.name());
    assertEquals("value 0x000000000000004d", limit.constant().orElseThrow().toString());
    RecordType either = record(scopes, "geo::Either");
    assertEquals(Type.Kind.UNION, either.kind());
    assertEquals("int i@0, float f@0, geo::Either::(unnamed struct)@0", layout(either.members()));
    assertEquals(List.of(), diagnostics);
  }

  /** The Itanium C++ ABI keeps the offset of a virtual base 12 bytes before the table's start. */
  @Test
  void virtualBases() throws IOException {
    RecordType left = record(open("cpp5"), "geo::Left");
    Member base = left.bases().get(0);
    assertTrue(base.isVirtual());
    assertEquals(OptionalLong.empty(), base.bitOffset());
    assertTrue(left.members().get(0).isArtificial());
    Machine machine =
        new Machine() {
          @Override
          public Reading memory(long addressSpace, long address, int size) {
            return Reading.of(address == 0x500 ? 0x2000 : address == 0x2000 - 12 ? 40 : -1, size);
          }
        };
    assertEquals(new Place.Memory(0x500 + 40), base.place(Evaluator.of(machine), 0x500));
    assertEquals(
        new Place.Memory(0x504), left.members().get(1).place(Evaluator.of(machine), 0x500));
  }

  @Test
  void enumerations() throws IOException {
    Scopes scopes = open("cpp5");
    EnumerationType plain = assertInstanceOf(EnumerationType.class, typeOf(scopes, "plain"));
    assertFalse(plain.isScoped());
    assertEquals(
        List.of(
            new Enumerator("ZERO", 0),
            new Enumerator("MINUS", -1),
            new Enumerator("BIG", 1_000_000)),
        plain.enumerators());
    assertEquals("MINUS", plain.of(0xffff_ffffL).orElseThrow().name());
    EnumerationType scoped = assertInstanceOf(EnumerationType.class, typeOf(scopes, "scoped"));
    assertTrue(scoped.isScoped());
    assertEquals("unsigned char", scoped.underlying().name());
    assertEquals("B", scoped.of(200).orElseThrow().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpp5", "units", "simple"})
  void templates(String fixture) throws IOException {
    RecordType box = record(open(fixture), "geo::Box<char, 5, int, geo::Plain>");
    assertEquals(
        List.of("TYPE T char", "VALUE N int", "TYPE  int", "TYPE  geo::Plain"),
        box.templateParameters().stream()
            .map(p -> p.kind() + " " + p.name() + " " + p.type().name())
            .toList());
    TemplateParameter count = box.templateParameters().get(1);
    assertEquals("value 0x0000000000000005", count.value().orElseThrow().toString());
    assertEquals("char[5] items@0", layout(box.members()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpp4", "cpp5", "units"})
  void declarationsFindTheirDefinition(String fixture) throws IOException {
    Scopes scopes = open(fixture);
    PointerType pointer = assertInstanceOf(PointerType.class, typeOf(scopes, "elsewhere"));
    RecordType declared = assertInstanceOf(RecordType.class, pointer.target());
    RecordType defined = declared.definition();
    assertFalse(defined.isDeclaration());
    assertEquals("int first@0, Elsewhere * next@32", layout(defined.members()));
    assertEquals(OptionalLong.of(8), declared.size());
    assertSame(defined, declared.stripped());
    assertSame(defined, defined.definition());
  }

  @ParameterizedTest
  @ValueSource(strings = {"c4", "c5"})
  void typesOfC(String fixture) throws IOException {
    Scopes scopes = open(fixture);
    assertEquals("list_t *restrict", typeOf(scopes, "head").name());
    // version 4 has no tag for it
    String atomic = fixture.equals("c4") ? "int" : "_Atomic(int)";
    assertEquals(atomic, typeOf(scopes, "atomic").name());
    assertEquals(OptionalLong.of(4), typeOf(scopes, "atomic").size());
    assertEquals("int (*[3])()", typeOf(scopes, "table").name());
    BaseType complex = assertInstanceOf(BaseType.class, typeOf(scopes, "complexFloat"));
    assertEquals(BaseEncoding.COMPLEX_FLOAT, complex.encoding());
    RecordType list = record(scopes, "list");
    assertEquals(
        "list * next@0, int count@32, list::(unnamed struct)@64, char[] rest@72",
        layout(list.members()));
    RecordType inner = assertInstanceOf(RecordType.class, list.members().get(2).type());
    assertEquals("unsigned char flags@0:4, unsigned char kind@4:4", layout(inner.members()));
    assertEquals(OptionalLong.empty(), member(list, "rest").type().size());
    assertEquals("color", typeOf(scopes, "color").name());
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void typesByName() throws IOException {
    Types types = open("cpp5").types();
    assertEquals(Type.Kind.BASE, types.named("unsigned __int128").orElseThrow().kind());
    assertEquals(Type.Kind.ALIAS, types.named("Matrix").orElseThrow().kind());
    assertEquals(Type.Kind.ENUMERATION, types.named("geo::Plain").orElseThrow().kind());
    assertTrue(types.named("Plain").isEmpty());
    assertTrue(types.named("").isEmpty());
    // a typedef of the same name does not hide the struct
    assertEquals(Type.Kind.STRUCTURE, open("c5").types().named("list").orElseThrow().kind());
  }

  @Test
  void arraysAndSubroutines() throws IOException {
    Scopes scopes = open("cpp5");
    ArrayType matrix = assertInstanceOf(ArrayType.class, typeOf(scopes, "matrix").stripped());
    assertEquals(2, matrix.dimensions().size());
    assertEquals(OptionalLong.of(3), matrix.dimensions().get(0).count(Bound.Resolver.NONE));
    assertEquals(OptionalLong.of(32), matrix.stride());
    ArrayType vector = assertInstanceOf(ArrayType.class, typeOf(scopes, "vector").stripped());
    assertTrue(vector.isVector());
    PointerType function =
        assertInstanceOf(PointerType.class, typeOf(scopes, "function").stripped());
    SubroutineType type = assertInstanceOf(SubroutineType.class, function.target());
    assertTrue(type.isVariadic());
    assertEquals(Type.Kind.VOID, type.result().kind());
    assertEquals(2, type.parameters().size());
  }

  /** The enums of crash.rs: one with a tag, one in the niche of a box. */
  @Test
  void enumsOfRust() throws IOException {
    Scopes scopes = openAt(Shared.corpus("rust/crash-unwrap-O0-r1.63.wasm"));
    RecordType error = record(scopes, "crash::EvalError");
    VariantPart part = error.variantParts().get(0);
    assertEquals("u32", part.discriminant().orElseThrow().type().name());
    assertTrue(part.discriminant().orElseThrow().isArtificial());
    List<String> names =
        part.variants().stream().map(variant -> variant.members().get(0).name()).toList();
    for (int i = 0; i < names.size(); i++) {
      assertEquals(names.get(i), part.variantOf(i).orElseThrow().members().get(0).name());
      assertEquals(
          "crash::EvalError::" + names.get(i),
          part.variantOf(i).orElseThrow().members().get(0).type().name());
    }
    RecordType option = record(scopes, "core::option::Option<&str>");
    VariantPart niche = option.variantParts().get(0);
    assertEquals("None", niche.variantOf(0).orElseThrow().members().get(0).name());
    assertEquals("Some", niche.variantOf(0x1234).orElseThrow().members().get(0).name());
    assertEquals(List.of(), diagnostics);
  }
}
