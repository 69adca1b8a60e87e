// Lines of code, as node sees them: node source-map.js MAP OFFSET...
// For each offset in the module there is a line of standard output: FILE:LINE:COLUMN, counted from 1, or ??:0:0.
const { SourceMap } = require('node:module');
const map = new SourceMap(JSON.parse(require('node:fs').readFileSync(process.argv[2], 'utf8')));
// node leaves it to its caller.
const root = (map.payload.sourceRoot ?? '').replace(/(?<=.)$/, '/').replace(/\/\/$/, '/');
for (const offset of process.argv.slice(3)) {
  const at = map.findEntry(0, Number(offset));
  console.log(at.originalSource ? `${root}${at.originalSource}:${at.originalLine + 1}:${at.originalColumn + 1}` : '??:0:0');
}
