#!/bin/sh
# Makes the module that Symbolizing measures on: 60 units of C++ with three levels of inlining, some 7,200 functions and at least 10 MB of DWARF 5,
# in bench/target/debuginfo/debuginfo.wasm. Wants clang 22 and its wasm-ld; does nothing when the module is there.
#   bench/debuginfo.sh [UNITS [NAME]]
set -eu
cd "$(dirname "$0")"
units=${1:-60}
name=${2:-debuginfo}
out=target/debuginfo
mkdir -p "$out"
cd "$out"
[ ! -f "$name.wasm" ] || exit 0
clang=$(command -v clang++-22 || command -v clang-22)
work=$(mktemp -d ./build.XXXXXX)
trap 'rm -r "$work"' EXIT
cd "$work"

# Level 3 is called by level 2, and that by level 1; all are inlined. Every unit has functions of its own that call level 1 in several places.
cat >shapes.h <<'END'
#define INLINE inline __attribute__((always_inline))
namespace shapes {
template <typename T> struct Vector {
  T x, y, z;
  INLINE T dot(const Vector &other) const {
    T product = x * other.x;
    product += y * other.y;
    return product + z * other.z;
  }
  INLINE Vector cross(const Vector &other) const {
    return {y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x};
  }
};
template <typename T, int N> struct Ring {
  T items[N];
  unsigned at;
  INLINE T &next(int step) {
    at = (at + step) % N;
    return items[at];
  }
  INLINE void put(T item, int step) {
    T &slot = next(step);
    slot = item;
  }
};
template <typename T> INLINE T clamp(T value, T low, T high) {
  if (value < low)
    return low;
  return value > high ? high : value;
}
} // namespace shapes
END
awk -v units="$units" '
BEGIN {
  for (u = 0; u < units; u++) {
    file = "unit" u ".cpp"
    print "#include \"shapes.h\"\nnamespace unit" u " {" >file
    print "using Point = shapes::Vector<int>;\nusing Track = shapes::Ring<Point, " 16 + u ">;" >file
    print "struct State { Track track; Point origin; long long total; double scale; };" >file
    for (k = 0; k < 8; k++) {
      print "INLINE int weigh" k "(State &state, const Point &p, int by) {" >file
      print "  int weight = p.dot(state.origin) * by;\n  weight ^= " 77 * k + u ";" >file
      print "  return shapes::clamp(weight, -" 1000 + k ", " 900 + u ");\n}" >file
      print "INLINE int step" k "(State &state, int by) {\n  Point &p = state.track.next(by);" >file
      print "  Point q = p.cross(state.origin);\n  int weight = weigh" k "(state, q, by + " k ");" >file
      print "  if (weight & 1)\n    state.track.put(q, weight);\n  return weight;\n}" >file
    }
    for (f = 0; f < 120; f++) {
      print "__attribute__((noinline)) int work" f "(State &state, int count) {\n  int sum = " f * 13 + u ";" >file
      print "  for (int i = 0; i < count; i++) {\n    sum += step" f % 8 "(state, i);" >file
      if (f % 2) print "    if (sum > " 5000 + f ")\n      sum -= step" (f + 3) % 8 "(state, sum);" >file
      print "    state.total += shapes::clamp<long long>(sum, " f ", 1LL << " 20 + f % 12 ");" >file
      if (f > 1) print "    if (sum == " 31 * f ")\n      sum += work" f - 1 - f % 2 "(state, i / 2);" >file
      print "  }\n  return sum;\n}" >file
    }
    print "} // namespace unit" u >file
    print "extern \"C\" __attribute__((export_name(\"run" u "\"))) int run" u "(int n) {" >file
    print "  static unit" u "::State state;\n  return unit" u "::work119(state, n) + unit" u "::work118(state, n);\n}" >file
    close(file)
  }
}'
ls unit*.cpp | xargs -P "$(nproc)" -I{} "$clang" --target=wasm32 -std=c++20 -O1 -g -gdwarf-5 -fno-exceptions -fno-rtti -c {}
"$clang" --target=wasm32 --no-wasm-opt -nostdlib -Wl,--no-entry,--no-gc-sections -o module.wasm unit*.o
mv module.wasm "../$name.wasm"
cd ..
ls -l "$name.wasm"
