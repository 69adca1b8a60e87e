#!/bin/sh
# Fetches the large real modules that the benchmarks and one test read, with `npm pack`, into bench/modules. Versions are pinned.
# A package that is there already is not fetched again.
set -eu
cd "$(dirname "$0")"
mkdir -p modules
cd modules

fetch() { # fetch PACKAGE@VERSION FILE-IN-PACKAGE NAME
  [ ! -f "$3" ] || return 0
  work=$(mktemp -d ./fetch.XXXXXX)
  (cd "$work" && npm pack --silent "$1" >/dev/null && tar -xzf ./*.tgz "package/$2")
  mv "$work/package/$2" "$3"
  rm -r "$work"
  echo "$3: $(wc -c <"$3") bytes"
}

fetch esbuild-wasm@0.28.2 esbuild.wasm esbuild.wasm
fetch sql.js@1.16.0 dist/sql-wasm.wasm sql.wasm
fetch lightningcss-wasm@1.33.0 lightningcss_node.wasm lightningcss.wasm
fetch @swc/wasm@1.16.18 wasm_bg.wasm swc.wasm
fetch canvaskit-wasm@0.42.0 bin/canvaskit.wasm canvaskit.wasm
fetch pyodide@314.0.7 pyodide.asm.wasm pyodide.wasm
fetch onnxruntime-web@1.30.0 dist/ort-wasm-simd-threaded.asyncify.wasm onnxruntime.wasm
fetch @duckdb/duckdb-wasm@1.32.0 dist/duckdb-eh.wasm duckdb-eh.wasm
fetch @duckdb/duckdb-wasm@1.32.0 dist/duckdb-mvp.wasm duckdb-mvp.wasm
