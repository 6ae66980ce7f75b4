/** Whose code is in the bundles, and under which licence. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { librariesOf, licencesOf } from '../../scripts/licences.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Those that ask for no more than their text, which the bundles have. */
const TAKEN = ['0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

function metafileOf(entry: string): Metafile {
  return buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['@aws-sdk/client-api-gateway'],
  }).metafile;
}

describe.each([
  ['src/infra.ts', 'dist/cjs/infra.js'],
  ['src/cli.ts', 'dist/cli.js'],
])('%s', (entry, bundle) => {
  const metafile = metafileOf(entry);
  const libraries: readonly string[] = librariesOf(metafile);

  it('has libraries, each under a licence that may be bundled', () => {
    expect(libraries).toContain('yaml');
    const licences = libraries.map((library) => {
      const { license } = JSON.parse(readFileSync(`${root}node_modules/${library}/package.json`, 'utf8'));
      return [library, license];
    });
    expect(licences.filter(([, license]) => !TAKEN.includes(license))).toEqual([]);
  });

  it(`has the licences of all of them at the end of ${bundle}`, () => {
    const text = readFileSync(root + bundle, 'utf8');
    const named = [...text.matchAll(/^Bundled: (.+)$/gm)].map(([, name]) => name);
    expect(named).toEqual(libraries);
    // Compared here: the whole bundle in a report helps nobody.
    expect(text.includes(licencesOf(metafile))).toBe(true);
  });

  it('names the Public Suffix List, which has a licence of its own', () => {
    expect(licencesOf(metafile)).toMatch(/Public Suffix List.*Mozilla Public License 2\.0/);
  });
});

it.each(['index', 'middy', 'streaming', 'browser', 'gateway'])('src/%s.ts has no library in it', (door) => {
  expect(librariesOf(metafileOf(`src/${door}.ts`))).toEqual([]);
});
