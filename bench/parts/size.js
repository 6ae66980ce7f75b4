// What is deployed: bytes after esbuild, minified, gzip -9.
import { readFileSync } from 'node:fs';
import { bundle, entryOf, sizeOf } from '../harness/bundle.js';
import { print } from '../harness/table.js';

const root = new URL('../..', import.meta.url);

export async function size(subjects) {
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root)));
  const entries = [];
  for (const key of Object.keys(exports).filter((it) => !it.endsWith('.json'))) {
    const from = `lambda-cors${key.slice(1)}`;
    entries.push({ name: from, ...sizeOf(await bundle(`export * from '${from}';`)) });
  }
  entries.push({ name: 'withCors alone', ...sizeOf(await bundle(`export { withCors } from 'lambda-cors';`)) });
  entries.push({ name: 'cors alone (./middy)', ...sizeOf(await bundle(`export { cors } from 'lambda-cors/middy';`)) });
  const functions = [];
  for (const subject of subjects) {
    functions.push({ subject: subject.id, ...sizeOf(await bundle(entryOf(subject))) });
  }
  return { entries, functions };
}

export function showSize({ entries, functions }, subjects) {
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
}
