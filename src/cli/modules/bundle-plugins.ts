import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, extname, isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from './esbuild.js';

export type Format = 'esm' | 'cjs';

interface FormatOptions {
  readonly plugins: Plugin[];
  readonly define: Record<string, string>;
  readonly banner?: { readonly js: string };
  readonly footer?: { readonly js: string };
}

/** What a bundle in a format needs for its code to do what it does in files of its own. */
export function pluginsFor(format: Format, file: string): FormatOptions {
  const names = PLACES[format];
  const define = Object.fromEntries(names.map(({ written, name }) => [written, name]));
  const plugins = [packagesOutside, placesInside(names)];
  if (format === 'cjs') return { plugins, define };
  // CommonJS files in the bundle look for a global `require` while they are loaded.
  const made = `lambdaCorsCreateRequire(${JSON.stringify(pathToFileURL(file).href)})`;
  return {
    plugins,
    define,
    banner: {
      js: `import { createRequire as lambdaCorsCreateRequire } from 'node:module'; globalThis.require = ${made};`,
    },
    footer: { js: 'delete globalThis.require;' },
  };
}

/** What a file says about where it is, which is not where the bundle is. */
interface Place {
  readonly written: string;
  /** Declared in each file that needs it. */
  readonly name: string;
  readonly valueIn: (file: string) => string;
}

const PLACES: Readonly<Record<Format, readonly Place[]>> = {
  esm: [
    { written: 'import.meta.url', name: 'lambdaCorsUrl', valueIn: (file) => pathToFileURL(file).href },
    { written: 'import.meta.filename', name: 'lambdaCorsFile', valueIn: (file) => file },
    { written: 'import.meta.dirname', name: 'lambdaCorsFolder', valueIn: dirname },
  ],
  cjs: [
    { written: '__filename', name: 'lambdaCorsFile', valueIn: (file) => file },
    { written: '__dirname', name: 'lambdaCorsFolder', valueIn: dirname },
  ],
};

function placesInside(places: readonly Place[]): Plugin {
  return {
    name: 'places-inside',
    setup(build) {
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const needed = places.filter(({ written }) => text.includes(written));
        if (needed.length === 0) return undefined;
        const declared = needed.map(({ name, valueIn }) => `const ${name} = ${JSON.stringify(valueIn(path))}; `);
        // On the first line, so that all lines keep their numbers.
        return { contents: `${declared.join('')}${text.replace(/^#!/, '//')}`, loader: loaderOf(path) };
      });
    },
  };
}

function loaderOf(path: string): 'js' | 'jsx' | 'ts' | 'tsx' {
  return extname(path).replace(/^\.[cm]?/, '') as 'js' | 'jsx' | 'ts' | 'tsx';
}

const ASKED = Symbol('asked');

/** Packages stay outside; aliases of tsconfig.json and packages of the same workspace do not. */
const packagesOutside: Plugin = {
  name: 'packages-outside',
  setup(build) {
    build.onResolve({ filter: /^[^.]/ }, async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData === ASKED || isAbsolute(path) || isBuiltin(path)) return undefined;
      const found = await build.resolve(path, { kind, importer, namespace, resolveDir, pluginData: ASKED });
      // Then esbuild says where it is that something is not found.
      if (found.errors.length > 0) return undefined;
      return isPackage(path, found.path) ? { path, external: true } : found;
    });
  },
};

function isPackage(name: string, path: string): boolean {
  const [scope = '', rest = ''] = name.split('/');
  const folder = scope.startsWith('@') ? `${scope}/${rest}` : scope;
  return path.replaceAll('\\', '/').includes(`/node_modules/${folder}/`);
}
