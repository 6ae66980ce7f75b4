// Which room of src/ may import which, by what the files say. Type imports count: they tie two rooms together as much
// as any other, and a bundler, which drops them, would not see it.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { importsIn } from './support/imports.js';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/**
 * What a room may import besides its own files: rooms above it, single files of theirs, doors, packages, and `node:`. A
 * room is a folder with all that is in it, or one file.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  events: ['core'],
  wrap: ['core', 'events'],
  browser: ['core'],
  sources: ['core', 'browser/types.ts', 'browser/url.ts', 'browser/header-lines.ts'],
  gateway: ['core', 'sources', 'browser/types.ts', 'node:'],
  diagnosis: ['core', 'tldts'],
  infra: ['core', 'browser', 'sources', 'diagnosis', 'yaml', 'jsonc-parser'],
  'cli/terminal': ['core', 'node:', 'picocolors'],
  'cli/input': ['cli/terminal', 'core', 'browser', 'sources', 'browser.ts', 'node:', 'commander'],
  // The types of esbuild: it is the user's own that is used.
  'cli/modules': ['cli/input', 'core', 'index.ts', 'gateway.ts', 'node:', 'esbuild'],
  'cli/evidence': ['core', 'browser', 'diagnosis', 'gateway/http-transport.ts', 'index.ts', 'browser.ts'],
  'cli/report': ['cli/terminal', 'cli/evidence', 'browser', 'browser.ts'],
  'cli/commands': [
    ...['cli/terminal', 'cli/input', 'cli/modules', 'cli/evidence', 'cli/report'],
    ...['core', 'browser', 'sources', 'infra', 'index.ts', 'browser.ts', 'gateway.ts', 'infra.ts'],
    ...['node:', '@aws-sdk/client-api-gateway', 'cli-table3', 'diff'],
  ],
  'cli/program.ts': ['cli/terminal', 'cli/input', 'cli/commands', 'gateway.ts', 'infra.ts', 'commander'],
  'cli/main.ts': ['cli/terminal', 'cli/input', 'cli/program.ts', 'commander'],
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

/** What is in no room is its own: a door, a package. */
function roomOf(path: string): string {
  return Object.keys(ROOMS).find((room) => path === room || path.startsWith(`${room}/`)) ?? path;
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

/** The files and folders from which imports lead back to themselves, each among those that stand beside it. */
function circlesOf(files: Files): readonly string[] {
  const arrows = new Map<string, Set<string>>();
  for (const [path, text] of files) {
    for (const name of importsOf(path, text).filter((each) => files.has(each))) {
      const [from, to] = besideEachOther(path, name);
      arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  }
  return [...arrows]
    .filter(([place, next]) => {
      const reached = new Set(next);
      for (const each of reached) for (const name of arrows.get(each) ?? []) reached.add(name);
      return reached.has(place);
    })
    .map(([place]) => place);
}

/** Of two files, what they are in the folder that both are in: the file itself, or a folder. */
function besideEachOther(one: string, other: string): readonly [string, string] {
  const [names, others] = [one.split('/'), other.split('/')];
  const parting = names.findIndex((name, at) => name !== others[at]);
  return [names.slice(0, parting + 1).join('/'), others.slice(0, parting + 1).join('/')];
}

const files = readFiles();

describe('src/', () => {
  it('has no import that crosses a wall', () => {
    expect(faultsOf(files)).toEqual([]);
  });

  it('has no circle, neither of files nor of folders', () => {
    expect(circlesOf(files)).toEqual([]);
  });

  it.each([
    ['files', { 'a.ts': "import './b.js';", 'b.ts': "import type { A } from './a.js';" }, ['a.ts', 'b.ts']],
    ['folders', { 'x/a.ts': "import '../y/b.js';", 'y/b.ts': "import '../x/c.js';", 'x/c.ts': '' }, ['x', 'y']],
    ['a door', { 'x/a.ts': "import '../b.js';", 'b.ts': "export { a } from './x/c.js';", 'x/c.ts': '' }, ['x', 'b.ts']],
    ['none', { 'x/a.ts': "import './y/b.js';", 'x/y/b.ts': "import '../../z/c.js';", 'z/c.ts': '' }, []],
  ])('would show a circle of %s', (_, texts, circle) => {
    expect(circlesOf(new Map(Object.entries<string>(texts)))).toEqual(circle);
  });

  it('has rooms that import only rooms above them in the table', () => {
    const order = Object.keys(ROOMS);
    for (const [at, [room, allowed]] of Object.entries(ROOMS).entries()) {
      expect(
        allowed.map(roomOf).filter((name) => order.indexOf(name) >= at),
        room,
      ).toEqual([]);
    }
  });

  it('has subcommands that import nothing of each other', () => {
    const subcommandOf = (path: string): string | undefined => /^cli\/commands\/(\w+)/.exec(path)?.[1];
    const arrows = [...files].flatMap(([path, text]) => importsOf(path, text).map((name) => [path, name] as const));
    const own = arrows.filter(([from, to]) => subcommandOf(from) !== undefined && subcommandOf(to) !== undefined);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(([from, to]) => subcommandOf(from) !== subcommandOf(to))).toEqual([]);
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

/** The room itself, where it is a file. */
function fileIn(room: string): string {
  return room.endsWith('.ts') ? room : `${room}/anything.ts`;
}

describe('a wall', () => {
  it.each(FORBIDDEN)('stands between $room and $name', ({ room, name }) => {
    const path = fileIn(room);
    const up = '../'.repeat(path.split('/').length - 1);
    const target = name in ROOMS || name in DOORS ? up + fileIn(name).replace('.ts', '.js') : name;
    for (const line of [
      `import { thing } from '${target}';`,
      `import type { Thing } from '${target}';`,
      `export { thing } from '${target}';`,
      `export * from '${target}';`,
      `type Thing = import('${target}').Thing;`,
      `const thing = await import('${target}');`,
    ]) {
      expect(faultsOf(new Map([[path, line]])), line).toHaveLength(1);
    }
  });

  it.each(Object.keys(DOORS))('keeps %s from importing a room that is not its own', (door) => {
    const others = Object.keys(ROOMS).filter((room) => !DOORS[door]?.includes(room));
    for (const room of others) {
      const line = `export { thing } from './${fileIn(room).replace('.ts', '.js')}';`;
      expect(faultsOf(new Map([[door, line]])), room).toHaveLength(1);
    }
  });
});
