// Which room of src/ may import which, by what the files say. Type imports count: they tie two rooms together as much
// as any other, and a bundler, which drops them, would not see it.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { importsIn } from './support/imports.js';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** What a room may import besides its own files: other rooms, single files of theirs, packages, and `node:`. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  events: ['core'],
  wrap: ['core', 'events'],
  browser: ['core'],
  sources: ['core', 'browser/types.ts', 'browser/url.ts', 'browser/header-lines.ts'],
  gateway: ['core', 'sources', 'browser/types.ts', 'node:'],
  diagnosis: ['core', 'tldts'],
  infra: ['core', 'browser', 'sources', 'diagnosis', 'yaml', 'jsonc-parser'],
  cli: [
    ...['core', 'browser', 'sources', 'gateway', 'infra', 'diagnosis'],
    ...['index.ts', 'browser.ts', 'gateway.ts', 'infra.ts'],
    ...['node:', '@aws-sdk/client-api-gateway', 'commander', 'cli-table3', 'diff', 'picocolors'],
    // Its types: it is the user's own that is used.
    'esbuild',
  ],
};

/** The doors, each an entry of the package, and what they export from. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['core', 'wrap'],
  'middy.ts': ['core', 'wrap'],
  'streaming.ts': ['core', 'wrap'],
  'browser.ts': ['browser', 'sources/in-process.ts', 'sources/settings.ts', 'core/policy.ts'],
  'gateway.ts': ['gateway', 'sources', 'browser/types.ts'],
  'infra.ts': ['infra', 'browser/types.ts', 'browser/engine.ts', 'core/policy.ts', 'core/policy-error.ts'],
  'cli.ts': ['cli/main.ts'],
};

type Files = ReadonlyMap<string, string>;

/** Every file of src/ with its text, by its path below src/. */
function readFiles(): Map<string, string> {
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(src + path, 'utf8')]));
}

/** What a file imports: a path below src/, or the name of a package. */
function importsOf(path: string, text: string): readonly string[] {
  return importsIn(path, text).map((name) => {
    if (!name.startsWith('.')) return name.startsWith('node:') ? 'node:' : name;
    const { pathname } = new URL(name, `file:///${path}`);
    return pathname.slice(1).replace(/\.js$/, '.ts');
  });
}

function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : path;
}

/** Every import that crosses a wall, as `from → to`. */
function faultsOf(files: Files): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    const room = roomOf(path);
    const allowed = ROOMS[room] ?? DOORS[room];
    if (allowed === undefined) return [`${path} is in no room`];
    return importsOf(path, text)
      .filter((name) => roomOf(name) !== room && !allowed.includes(name) && !allowed.includes(roomOf(name)))
      .map((name) => `${path} → ${name}`);
  });
}

/** What a file reaches, over all imports. */
function reach(files: Files, entry: string): ReadonlySet<string> {
  const reached = new Set([entry]);
  for (const path of reached) {
    for (const name of importsOf(path, files.get(path) ?? '')) reached.add(name);
  }
  return reached;
}

const files = readFiles();

describe('src/', () => {
  it('has no import that crosses a wall', () => {
    expect(faultsOf(files)).toEqual([]);
  });

  it('has doors that only export', () => {
    for (const path of [...files.keys()].filter((name) => !name.includes('/'))) {
      const { program } = parseSync(path, files.get(path) ?? '');
      // All names of a file only if they are types: values are listed, so that none gets out by accident.
      const others = program.body.filter((node) =>
        node.type === 'ExportAllDeclaration'
          ? node.exportKind !== 'type'
          : node.type !== 'ExportNamedDeclaration' || node.source === null,
      );
      expect(others, path).toEqual([]);
      expect(Object.keys(DOORS)).toContain(path);
    }
  });

  it.each(['index.ts', 'middy.ts', 'streaming.ts'])('reaches from %s nothing but core/, events/ and wrap/', (door) => {
    const rooms = new Set([...reach(files, door)].filter((path) => path !== door).map(roomOf));
    expect([...rooms].sort()).toEqual(['core', 'events', 'wrap']);
  });
});

/** Each room with each room, door and kind of package that it may not import. */
const FORBIDDEN = Object.entries(ROOMS).flatMap(([room, allowed]) => {
  const others = [
    ...Object.keys(ROOMS).filter((name) => name !== room),
    ...Object.keys(DOORS),
    'node:fs',
    'aws-lambda',
  ];
  return others
    .filter((name) => !allowed.includes(name) && !allowed.includes(name.replace(/:.*/, ':')))
    .map((name) => ({ room, name }));
});

describe('a wall', () => {
  it.each(FORBIDDEN)('stands between $room and $name', ({ room, name }) => {
    const target =
      name in ROOMS ? `../${name}/anything.js` : name.endsWith('.ts') ? `../${name.replace('.ts', '.js')}` : name;
    for (const line of [
      `import { thing } from '${target}';`,
      `import type { Thing } from '${target}';`,
      `export { thing } from '${target}';`,
      `export * from '${target}';`,
      `type Thing = import('${target}').Thing;`,
      `const thing = await import('${target}');`,
    ]) {
      const path = `${room}/copy.ts`;
      expect(faultsOf(new Map([[path, line]])), line).toHaveLength(1);
    }
  });

  it.each(Object.keys(DOORS))('keeps %s from importing a room that is not its own', (door) => {
    const others = Object.keys(ROOMS).filter((room) => !DOORS[door]?.includes(room));
    for (const room of others) {
      expect(faultsOf(new Map([[door, `export { thing } from './${room}/anything.js';`]])), room).toHaveLength(1);
    }
  });
});
