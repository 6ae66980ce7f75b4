// Packs the public suffix list of tldts, which is text and numbers: written out, it would be an eighth of the package.
import { createRequire } from 'node:module';
import { brotliCompressSync } from 'node:zlib';

const TRIE = /tldts[\\/]dist[\\/]es6[\\/]src[\\/]data[\\/]trie\.js$/;

/** A plugin of esbuild. */
export const packSuffixes = {
  name: 'pack-suffixes',
  setup({ onLoad }) {
    onLoad({ filter: TRIE }, ({ path }) => ({ contents: packed(trieOf(path)) }));
  },
};

/** The same as a module that can be required. */
function trieOf(path) {
  return createRequire(import.meta.url)(path.replace('es6', 'cjs'));
}

/** @returns A module with the same exports. */
function packed(trie) {
  const parts = [];
  let length = 0;
  const exports = Object.entries(trie).map(([name, value]) => {
    if (typeof value === 'number') return `export const ${name} = ${value};`;
    const bytes = typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.buffer);
    const [start, end] = [length, length + bytes.length];
    parts.push(bytes);
    length = end;
    if (typeof value === 'string') return `export const ${name} = bytes.toString('utf8', ${start}, ${end});`;
    return `export const ${name} = new ${value.constructor.name}(Uint8Array.from(bytes.subarray(${start}, ${end})).buffer);`;
  });
  const text = brotliCompressSync(Buffer.concat(parts)).toString('base64');
  return `import { brotliDecompressSync } from 'node:zlib';
const bytes = brotliDecompressSync(Buffer.from('${text}', 'base64'));
${exports.join('\n')}
`;
}
