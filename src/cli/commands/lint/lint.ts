import { isAbsolute, join, relative } from 'node:path';
import type { CompiledPolicy } from '../../../index.js';
import { type Finding, reaches, type Severity } from '../../../infra/finding.js';
import { lintModel } from '../../../infra/lint.js';
import type { Model } from '../../../infra/model.js';
import { readModel } from '../../../infra/read/read.js';
import { wantsCors } from '../../../infra/rules/answers.js';
import { TemplateError } from '../../../infra/template-error.js';
import { isMisuse, misuse } from '../../input/misuse.js';
import { type Named, openNamed, possibleIncluders, type Root } from '../../input/template-files.js';
import { loadPolicy } from '../../modules/load-policy.js';
import { type Format, printFindings } from './formats.js';

interface LintCommandOptions {
  readonly policy?: string;
  readonly root?: string;
  readonly base?: string;
  readonly format: Format;
  readonly json?: true;
  readonly failOn: Severity;
}

/** What browsers will refuse, found in templates before they are deployed. Returns the exit status. */
export async function lint(files: readonly string[], options: LintCommandOptions): Promise<number> {
  if (options.json && options.format !== 'json') {
    throw misuse(`--json and --format ${options.format} contradict each other; give one of them`);
  }
  if (options.base !== undefined && files.length !== 1) {
    throw misuse('--base compares one template with its older version; give one file');
  }
  const policy = options.policy === undefined ? undefined : await loadPolicy(options.policy);
  const named = all(files, (file) => openNamed(file, options.root));
  const base = options.base === undefined ? undefined : readBase(options.base, named[0] as Named);
  const roots = all([...byRoot(named)], ([root, members]) => lintRoot(root, members, policy, base));
  const findings = roots.flatMap((each) => each.findings);
  const unjudged = roots.reduce((sum, each) => sum + each.unjudged, 0);
  printFindings(findings, options.format, files.length, unjudged);
  return findings.some(({ severity }) => reaches(severity, options.failOn)) ? 1 : 0;
}

/** Does something for each, and tells of every one that cannot be used at once. */
function all<T, U>(items: readonly T[], use: (item: T) => U): readonly U[] {
  const faults: string[] = [];
  const results = items.flatMap((item) => {
    try {
      return [use(item)];
    } catch (error) {
      if (!isMisuse(error) && !(error instanceof TemplateError)) throw error;
      // One item may itself be several files.
      const isSeveral = isMisuse(error) && error.issues.length > 0;
      faults.push(...(isSeveral ? error.issues : [error.message]));
      return [];
    }
  });
  const [first, ...others] = faults;
  if (first === undefined) return results;
  if (others.length === 0) throw misuse(first);
  throw misuse(`${faults.length} files cannot be used:`, faults);
}

/** Files below one folder are read together: one may include another. */
function byRoot(named: readonly Named[]): ReadonlyMap<Root, readonly Named[]> {
  const groups = new Map<string, Named[]>();
  for (const each of named) groups.set(each.root.folder, [...(groups.get(each.root.folder) ?? []), each]);
  return new Map([...groups.values()].map((members) => [(members[0] as Named).root, members]));
}

function readBase(file: string, { root, path }: Named): Model {
  const text = openNamed(file, undefined).text;
  // It is read as if it stood where its new version is, so that its includes are found.
  return inWordsOf(file, path, () => readModel([{ path, text }], { read: (name) => root.read(name) }));
}

interface Linted {
  readonly findings: readonly Finding[];
  /** How many APIs show no sign of CORS, so that nothing is said of them without a policy. */
  readonly unjudged: number;
}

function lintRoot(
  root: Root,
  named: readonly Named[],
  policy: CompiledPolicy | undefined,
  base: Model | undefined,
): Linted {
  const read = (path: string): string | undefined => root.read(path);
  const known = readAll(named, read);
  const alone = named.filter(({ path }) => isAlone(path, known));
  const included = alone.flatMap((each) => withIncluder(each, policy) ?? []);
  const settled = new Set(included.map(({ path }) => path));
  const rest = lintModel(known, { policy, base, read }).filter(({ file }) => !settled.has(file));
  const silent = known.apis.filter((api) => policy === undefined && api.kind !== 'url' && !wantsCors(api));
  return {
    findings: [
      ...rest.map((finding) => ({ ...finding, file: shownPath(finding.file, root, named) })),
      ...included.flatMap(({ findings }) => findings),
    ],
    unjudged: silent.length,
  };
}

/** @throws {Misuse} that tells of every file which cannot be used. */
function readAll(named: readonly Named[], read: (path: string) => string | undefined): Model {
  try {
    return readModel(named, { read });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    all(named, (each) => inWordsOf(each.given, each.path, () => readModel([each], { read })));
    throw misuse(error.message);
  }
}

/** Reads under one name and complains under the one that was given. */
function inWordsOf<T>(given: string, path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof TemplateError) || error.path !== path) throw error;
    throw misuse(`${given}${error.rest}`);
  }
}

/** An OpenAPI document that no template of those given includes. */
function isAlone(path: string, { apis, files }: Model): boolean {
  const isIncluded = files.some(({ document, included }) => document.source.path === path && included);
  return !isIncluded && apis.some(({ fragment, key }) => fragment && key.source.path === path);
}

interface Included {
  readonly path: string;
  readonly findings: readonly Finding[];
}

/** What a document gets by the template that includes it; `undefined` where none is near. */
function withIncluder(named: Named, policy: CompiledPolicy | undefined): Included | undefined {
  const file = join(named.root.folder, named.path);
  for (const includer of possibleIncluders(named)) {
    const path = includer.root.pathOf(file);
    if (path === undefined) continue;
    const read = (name: string): string | undefined => includer.root.read(name);
    const model = modelOf(includer, read);
    if (model?.files.some(({ document, included }) => included && document.source.path === path) !== true) continue;
    const findings = lintModel(model, { policy, base: undefined, read })
      .filter((finding) => finding.file === path)
      .map((finding) => ({ ...finding, file: named.given }));
    return { path: named.path, findings };
  }
  return undefined;
}

/** A template near by may be unusable: nobody has asked for it. */
function modelOf(includer: Named, read: (path: string) => string | undefined): Model | undefined {
  try {
    return readModel([includer], { read });
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

/** The path as the user would write it. */
function shownPath(path: string, root: Root, named: readonly Named[]): string {
  const same = named.find((each) => each.path === path);
  if (same !== undefined) return same.given;
  const file = join(root.folder, path);
  return named.some(({ given }) => isAbsolute(given)) ? file : relative(process.cwd(), file);
}
