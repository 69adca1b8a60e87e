// Prints the mappings of a source map, one a line: OFFSET SOURCE:LINE:COLUMN, lines and columns from 1.
// node trace-mapping.js FOLDER-WITH-NODE-MODULES MAP
const fs = require('fs');
const path = require('path');
const [folder, file] = process.argv.slice(2);
const { TraceMap, eachMapping } = require(path.join(folder, 'node_modules/@jridgewell/trace-mapping'));
const map = new TraceMap(fs.readFileSync(file, 'utf8'));
const lines = [];
eachMapping(map, m => {
  const place = m.source === null ? '' : ` ${m.source}:${m.originalLine}:${m.originalColumn + 1}`;
  lines.push(m.generatedColumn + place);
});
fs.writeSync(1, lines.join('\n') + '\n');
