#!/bin/sh
# Builds inventory.wasm; the result is committed, so that the example needs no compiler.
# Debian: apt-get install clang-22 lld-22 libclang-rt-22-dev-wasm32 wasi-libc
# Made with clang 22.1.8. The prefix map keeps the machine's paths out of the debug information.
set -eu
cd "$(dirname "$0")"
clang-22 --target=wasm32-wasi -Wno-deprecated -std=c17 -Wall -Wextra -g -O0 \
  -ffile-prefix-map="$PWD"=. -fdebug-compilation-dir=. \
  --no-wasm-opt -fuse-ld=/usr/bin/wasm-ld-22 \
  main.c inventory.c order.c -o inventory.wasm
