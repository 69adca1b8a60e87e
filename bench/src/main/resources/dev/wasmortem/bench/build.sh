#!/bin/sh
# wabt 1.0.32
cd "$(dirname "$0")" || exit 1
for source in *.wat; do
  wat2wasm --enable-exceptions "$source" -o "${source%.wat}.wasm" || exit 1
done
