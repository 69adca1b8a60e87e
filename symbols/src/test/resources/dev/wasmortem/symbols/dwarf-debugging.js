// Lines of code, as the backend of Chrome's extension for C and C++ sees them (npm @vscode/dwarf-debugging).
//
//   node dwarf-debugging.js FOLDER <REQUESTS
//
// FOLDER holds the package in node_modules. A line of standard input is the path of a module and offsets in its code section, in
// decimal, all separated by tabs. For each offset there is a line of standard output: `FILE:LINE:COLUMN`, lines from 1, or nothing.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const { spawn } = require(join(process.argv[2], 'node_modules/@vscode/dwarf-debugging'));

function print(locations) {
  return locations
    .map((at) => `${decodeURIComponent(new URL(at.sourceFileURL).pathname)}:${at.lineNumber + 1}:${at.columnNumber + 1}`)
    .join(' ');
}

async function main() {
  const worker = spawn({});
  await worker.rpc.sendMessage('hello', [], false);
  for await (const request of createInterface({ input: process.stdin })) {
    const [path, ...offsets] = request.split('\t');
    const bytes = readFileSync(path);
    const code = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    await worker.rpc.sendMessage('addRawModule', path, undefined, { url: 'file:///module.wasm', code });
    const lines = await Promise.all(
      offsets.map((offset) =>
        worker.rpc
          .sendMessage('rawLocationToSourceLocation', {
            rawModuleId: path,
            codeOffset: Number(offset),
            inlineFrameIndex: 0,
          })
          .then(print, (error) => `${error}`),
      ),
    );
    process.stdout.write(lines.map((line) => line + '\n').join(''));
    await worker.rpc.sendMessage('removeRawModule', path);
  }
  await worker.dispose();
}

main();
