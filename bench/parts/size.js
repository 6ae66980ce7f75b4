// What is deployed: bytes after esbuild, minified, gzip -9, and where they come from.
import { readFileSync } from 'node:fs';
import { bundle, bundleWithParts, entryOf, sizeOf } from '../harness/bundle.js';
import { print } from '../harness/table.js';

const root = new URL('../..', import.meta.url);
const ALONE = {
  'withCors alone': ['withCors', 'index'],
  'cors alone (./middy)': ['cors', 'middy'],
};

export async function size(subjects) {
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root)));
  const entries = [];
  for (const key of Object.keys(exports).filter((it) => !it.endsWith('.json'))) {
    const from = `lambda-cors${key.slice(1)}`;
    entries.push({ name: from, ...sizeOf(await bundle(`export * from '${from}';`)) });
  }
  const parts = [];
  for (const [name, [exported, door]] of Object.entries(ALONE)) {
    const from = door === 'index' ? 'lambda-cors' : `lambda-cors/${door}`;
    entries.push({ name, ...sizeOf(await bundle(`export { ${exported} } from '${from}';`)) });
    // From the sources, since of what is published the files are joined already.
    const made = await bundleWithParts(`export { ${exported} } from './src/${door}.ts';`);
    const files = made.parts.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
    parts.push({ name, files });
  }
  const functions = [];
  for (const subject of subjects) {
    functions.push({ subject: subject.id, ...sizeOf(await bundle(entryOf(subject))) });
  }
  return { entries, functions, parts };
}

export function showSize({ entries, functions, parts }, subjects) {
  const head = ['', 'bytes', 'gzip -9'];
  print(
    'Entry points, bundled and minified',
    head,
    entries.map((it) => [it.name, it.bytes, it.gzip]),
  );
  const nameOf = ({ subject }) => subjects.find(({ id }) => id === subject).name;
  print(
    'The same function, bundled and minified',
    head,
    functions.map((it) => [nameOf(it), it.bytes, it.gzip]),
  );
  for (const { name, files } of parts) {
    print(
      `${name}: minified bytes of each source file`,
      ['', 'bytes'],
      files.map(({ file, bytes }) => [file, bytes]),
    );
  }
}
