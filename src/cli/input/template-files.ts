import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { quote } from '../../core/printable.js';
import { misuse } from './misuse.js';
import { checkIsFile, readText } from './text-file.js';

/** What the rest of the command reads at most: `lint` itself says why. */
const MAX_BYTES = 5 * 1024 * 1024;
/** A template that names more files than this is not meant to be read. */
const MAX_READS = 500;

/** Files that may be read, by their path from the folder that nothing is read outside of. */
export interface Root {
  /** Without links. */
  readonly folder: string;
  /** The text of a file below the folder; `undefined` for one that is not there, or that is outside of it. */
  read(path: string): string | undefined;
  /** The path from the folder, with slashes; `undefined` for a file outside of it. */
  pathOf(file: string): string | undefined;
}

/** A file that the user names. */
export interface Named {
  /** As it was given. */
  readonly given: string;
  readonly root: Root;
  readonly path: string;
  readonly text: string;
}

/**
 * @param given What the user names is read wherever it is; what a template names only below the root.
 * @throws {Misuse} for what is not a readable file.
 */
export function openNamed(given: string, rootOption: string | undefined): Named {
  const file = realFile(given);
  const folder = rootOption === undefined ? defaultRoot(file) : realFolder(rootOption);
  const root = makeRoot(folder);
  const path = root.pathOf(file);
  if (path === undefined) throw misuse(`${given} is outside of --root ${folder}; give a root that has it`);
  return { given, root, path, text: readText(given, KIND, file) };
}

function realFile(given: string): string {
  checkIsFile(given, KIND);
  return realpathSync(resolve(given));
}

const KIND = 'a template';

function realFolder(given: string): string {
  const folder = resolve(given);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw misuse(`--root ${quote(given)} is not a folder; give the folder that includes may come from`);
  }
  return realpathSync(folder);
}

/** The working directory's repository, where the file is in it; else the file's folder. */
function defaultRoot(file: string): string {
  const repository = repositoryOf(realpathSync(process.cwd()));
  return repository !== undefined && isWithin(repository, file) ? repository : dirname(file);
}

function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function makeRoot(folder: string): Root {
  let reads = 0;
  return {
    folder,
    pathOf(file) {
      return isWithin(folder, file) ? relative(folder, file).split(sep).join('/') : undefined;
    },
    read(path) {
      const file = resolve(folder, path);
      reads += 1;
      if (reads > MAX_READS || isAbsolute(path) || !isWithin(folder, file)) return undefined;
      try {
        // A link may lead anywhere.
        const real = realpathSync(file);
        return isWithin(folder, real) ? readRegular(real) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * The text of a regular file that is not too large; what is asked is the file that is read, not one of that name. A pipe
 * without a writer would be waited for.
 */
function readRegular(file: string): string | undefined {
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    return stats.isFile() && stats.size <= MAX_BYTES ? readFileSync(handle, 'utf8') : undefined;
  } finally {
    closeSync(handle);
  }
}

/** How far above a document a template that includes it is looked for. */
const FOLDERS_ABOVE = 3;
const MAX_FILES = 200;

/**
 * Templates that may include a document: those in its folder and in the folders above it that have its name in them.
 * They are looked for up to the root, or where that is the document's own folder, three folders up.
 */
export function possibleIncluders(named: Named): readonly Named[] {
  const file = join(named.root.folder, named.path);
  const found: Named[] = [];
  let folder = dirname(file);
  for (let above = 0; above <= FOLDERS_ABOVE; above += 1) {
    const root = isWithin(named.root.folder, join(folder, 'x')) ? named.root : makeRoot(folder);
    found.push(...namersIn(folder, basename(file), root));
    const next = dirname(folder);
    if (next === folder || (folder === named.root.folder && folder !== dirname(file))) break;
    folder = next;
  }
  return found;
}

function namersIn(folder: string, name: string, root: Root): readonly Named[] {
  const candidates = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json|template)$/i.test(entry.name) && entry.name !== name)
    .slice(0, MAX_FILES);
  return candidates.flatMap((entry): readonly Named[] => {
    const file = join(folder, entry.name);
    const path = root.pathOf(file);
    const text = path === undefined ? undefined : root.read(path);
    if (path === undefined || text === undefined) return [];
    return text.includes(name) && text.includes('Resources') ? [{ given: file, root, path, text }] : [];
  });
}
