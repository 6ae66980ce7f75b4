// What each kilobyte of the three entries does: how much smaller the bundle would be after gzip without the code of some
// files. Fills the table of docs/performance.md.
//
//   node bench/kilobytes.js
import { readFileSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const DOC = new URL('../docs/performance.md', import.meta.url);
const ENTRIES = { withCors: 'index', 'cors()': 'middy', withCorsStreaming: 'streaming' };
/** Each file of these rooms is in one of them. */
const AREAS = {
  'policies validated: every fault with its path, value, reason and remedy':
    'core/validate core/remedy-for core/policy-error core/plain core/methods core/readable-headers',
  'origins and patterns: judged, and matched by look-up': 'core/origins core/tokens',
  'a policy compiled; the decision about a request, remembered by origin': 'core/compile core/decide core/echo',
  'results that a gateway would refuse, and what to return instead':
    'events/accept events/result-fault events/json events/status',
  'headers merged, common results in one pass': 'events/merge events/common-result core/vary',
  'errors as responses': 'events/error-result events/status-phrase',
  'what is in front: seven sources, and the headers of their events': 'events/source events/read events/types',
  'from a request to its answer': 'wrap/respond',
  'options, `onRefused`, the log and what is escaped in it': 'wrap/options wrap/for-log wrap/refused core/printable',
  'the ways of a handler: promise, callback, context, nothing; the time limit':
    'wrap/with-cors wrap/call wrap/context wrap/handler wrap/time-limit',
  'Middy: responses seen whoever sets them': 'wrap/middy',
  'streams: preludes, and errors before the first byte': 'wrap/streaming wrap/streamed-response wrap/prelude',
};

/** The minified bundle of an entry, in pieces of code that each come from one file. */
function piecesOf(entry) {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    write: false,
    sourcemap: 'external',
    outfile: 'bundle.js',
  });
  const [map, code] = ['.map', '.js'].map((end) => outputFiles.find(({ path }) => path.endsWith(end)).text);
  const sources = new SourceMap(JSON.parse(map));
  return code
    .split('\n')
    .flatMap((text, line) =>
      [...text].map((character, column) => [fileOf(sources.findEntry(line, column)), character]).concat([['', '\n']]),
    );
}

function fileOf({ originalSource = '' }) {
  return /[^/]+\/[^/]+(?=\.ts$)/.exec(originalSource)?.[0] ?? '';
}

function gzip(pieces) {
  return gzipSync(pieces.map(([, text]) => text).join(''), { level: 9 }).length;
}

function kB(bytes) {
  return bytes < 5 ? '' : (bytes / 1000).toFixed(2);
}

const bundles = Object.values(ENTRIES).map(piecesOf);
const wholes = bundles.map(gzip);
const areas = Object.entries(AREAS).map(([name, files]) => {
  const isOf = ([file]) => files.split(' ').includes(file);
  return [name, bundles.map((pieces, at) => wholes[at] - gzip(pieces.filter((piece) => !isOf(piece))))];
});
const known = Object.values(AREAS).flatMap((files) => files.split(' '));
const missing = bundles.flat().find(([file]) => file !== '' && !known.includes(file));
if (missing) throw new Error(`src/${missing[0]}.ts is in no area`);

const shared = wholes.map((whole, at) => areas.reduce((rest, [, bytes]) => rest - bytes[at], whole));
const rows = [...areas, ['what these share with each other', shared], ['**all**', wholes]];
const table = [
  ['kB, minified and gzip -9', ...Object.keys(ENTRIES).map((name) => `\`${name}\``)],
  ['---', '--:', '--:', '--:'],
  ...rows.map(([name, bytes]) => [name, ...bytes.map(kB)]),
].map((cells) => `| ${cells.join(' | ')} |`);
console.log(table.join('\n'));

const marked = /(<!-- kilobytes -->\n)[\s\S]*?(<!-- \/kilobytes -->)/;
const text = readFileSync(DOC, 'utf8');
if (!marked.test(text)) throw new Error('docs/performance.md has no place for kilobytes');
writeFileSync(
  DOC,
  text.replace(marked, (_, before, after) => `${before}${table.join('\n')}\n${after}`),
);
