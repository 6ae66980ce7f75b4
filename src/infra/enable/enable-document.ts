import { checkKeys } from '../../core/options.js';
import type { CompiledPolicy, CorsPolicy } from '../../core/policy.js';
import type { Api } from '../api.js';
import { type Model, READ_KEYS, type ReadOptions } from '../model.js';
import type { TreeDocument } from '../node.js';
import { readModel } from '../read/read.js';
import { TemplateError } from '../template-error.js';
import { openApi } from '../write/openapi.js';
import { byNode, type Edit, meaningOf, NO_EDITS } from './edit.js';
import { type Change, type Editor, editorOf, sharedNodes } from './editor.js';
import { EnableError } from './enable-error.js';
import { planApi } from './plan.js';
import { checkSelection, isWhole, SELECTION_KEYS, type Selection } from './selection.js';
import { splice } from './splice.js';
import { type Wanted, wantedOf } from './wanted.js';

/** What of a document is enabled, and how other files are found. */
export interface EnableOptions extends Selection, ReadOptions {
  /** For messages, and what the paths in the file are relative to. Default `template`. */
  readonly path?: string | undefined;
}

/** What `enableDocument` makes of a document. */
export interface Enabled {
  /** The document with CORS; the same text where it had all of it. */
  readonly text: string;
  /** What is different, in the order in which it was found. */
  readonly changes: readonly Change[];
  /** What was left and why, and what the backends owe, a sentence or two each. */
  readonly notes: readonly string[];
}

/** Added, then removed, and what only shows then. */
const MOST_ROUNDS = 16;

/**
 * Writes CORS into the REST APIs of a template or a definition, as the console's Enable CORS does: OPTIONS for each
 * resource that has none, the headers of every response that is mapped, and gateway responses. Everything else stays as
 * it is, byte for byte. Once more on what it wrote, it changes nothing. Pure.
 *
 * @param text SAM, CloudFormation, or OpenAPI 2 or 3 with API Gateway's extensions; YAML or JSON.
 * @param policy As it is given to `withCors`. Default, as in the console: any origin, its five headers, the methods of
 *   the resource.
 * @param options What of the document is enabled, and how other files are found. Default: all of it.
 * @throws {TemplateError} For any other text.
 * @throws {CorsPolicyError} For a faulty policy.
 * @throws {EnableError} For a resource that does not exist, and a policy that cannot be expressed there.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors-console.html
 * @example
 * const enabled = enableDocument(text, { allowOrigins: 'https://app.example.com' })
 * for (const { action, where, what } of enabled.changes) console.log(action, what, 'of', where)
 */
export function enableDocument(
  text: string,
  policy?: CorsPolicy | CompiledPolicy,
  options: EnableOptions = {},
): Enabled {
  const keys = ['path', ...SELECTION_KEYS, ...READ_KEYS];
  checkKeys('enableDocument', options, keys, 'enableDocument(text, policy, { path: "template.yaml" })');
  const { path = 'template', ...selection } = options;
  const wanted = wantedOf(policy);
  const changes: Change[] = [];
  let now = opened(path, text, options);
  const apis = restApis(now, path);
  // Another kind of API may well express it.
  checkPolicy(path, wanted);
  checkSelection(path, apis, selection);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const editor = editorOf(now.document);
    for (const api of restApis(now, path)) planApi(api, selection, wanted, editor);
    const batch = batchOf(editor);
    if (batch.edits.length === 0) {
      const notes = [
        ...editor.notes,
        ...otherApis(now),
        ...widened(wanted, changes),
        ...afterwards(now.model.apis, changes),
      ];
      return { text: now.document.source.text, changes, notes };
    }
    if (!isWhole(selection) || selection.methods !== undefined) checkShared(path, now.document, batch.edits);
    changes.push(...batch.changes);
    now = applied(now, batch.edits, path, options);
  }
  throw new EnableError(`${path}: it does not come to an end; please report it with the file`);
}

interface Opened {
  readonly model: Model;
  readonly document: TreeDocument;
}

function opened(path: string, text: string, { read, root }: EnableOptions): Opened {
  const model = readModel([{ path, text }], { read, root });
  const file = model.files.find(({ document }) => document.source.path === path);
  if (file === undefined || file.kind === 'other') throw new TemplateError(path, 'is not a template');
  return { model, document: file.document };
}

/** The APIs that this file describes. */
function restApis({ model, document }: Opened, path: string): readonly Api[] {
  const own = model.apis.filter(({ key }) => key.source === document.source);
  const rest = own.filter(({ kind }) => kind === 'rest');
  if (rest.length > 0) return rest;
  if (own.length === 0) throw new EnableError(`${path}: there is no API in it; give the file that has the REST API`);
  const { kind, origin } = own[0] as Api;
  const target = kind === 'url' ? 'function-url' : origin === 'openapi' ? 'openapi-http' : 'sam-http';
  const name = kind === 'url' ? 'a function URL' : 'an HTTP API';
  throw new EnableError(
    `${path}: it has ${name}, which has a CORS setting of its own; take what \`lambda-cors generate ${target}\` writes`,
  );
}

/** APIs with a CORS setting of their own. */
function otherApis({ model, document }: Opened): readonly string[] {
  return model.apis
    .filter(({ kind, key }) => kind !== 'rest' && key.source === document.source)
    .map(
      ({ kind, id }) =>
        `${id} is left: ${kind === 'url' ? 'a function URL' : 'an HTTP API'} has a CORS setting of its own.`,
    );
}

function checkPolicy(path: string, { policy }: Wanted): void {
  const issues = openApi.checks.flatMap((check) => check(policy) ?? []);
  if (issues.length === 0) return;
  throw new EnableError(
    `${path}: a REST API cannot express the policy:`,
    issues.map(
      ({ path: at, value, reason, fix }) => `${at}: ${JSON.stringify(value) ?? 'a function'} ${reason}; ${fix}`,
    ),
  );
}

/** What is removed is removed by itself, so that no map is empty in between. */
function batchOf({ edits, changes }: Editor): { readonly edits: readonly Edit[]; readonly changes: readonly Change[] } {
  const kept = edits.filter(({ kind }) => kind !== 'remove');
  if (kept.length === 0) return { edits, changes };
  return { edits: kept, changes: changes.filter(({ action }) => action !== 'remove') };
}

function applied({ document }: Opened, edits: readonly Edit[], path: string, options: EnableOptions): Opened {
  const text = splice(document, edits);
  const refusal = `${path}: it is written in a way that cannot be edited safely; nothing is changed`;
  const expected = meaningOf(document.root, byNode(edits));
  try {
    const next = opened(path, text, options);
    if (meaningOf(next.document.root, NO_EDITS) === expected) return next;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
  }
  throw new EnableError(refusal);
}

/** What is shared by an alias would change elsewhere too. */
function checkShared(path: string, document: TreeDocument, edits: readonly Edit[]): void {
  const shared = sharedNodes(document);
  for (const edit of edits) {
    const node = 'map' in edit ? edit.map : 'list' in edit ? edit.list : edit.node;
    if (!shared.has(node)) continue;
    throw new EnableError(
      `${path}: what is to be changed is used in several places, by an alias; enable all resources, or write it out`,
    );
  }
}

/** The console's default is every origin. What allowed fewer should not come to that unseen. */
function widened({ console }: Wanted, changes: readonly Change[]): readonly string[] {
  if (!console) return [];
  const narrower = changes.flatMap(({ action, what, before = '' }) =>
    action === 'replace' && /^Cors$|Allow-?Origin/.test(what) && !EVERY_ORIGIN.test(before) ? [before] : [],
  );
  return [...new Set(narrower)].map(
    (before) =>
      `Every origin is allowed now, in place of ${before}, since there is no policy: name the origins in one (--policy).`,
  );
}

const EVERY_ORIGIN = /^'?\*'?$/;

function afterwards(apis: readonly Api[], changes: readonly Change[]): readonly string[] {
  if (changes.length === 0) return [];
  const deployments = apis.flatMap((api) => (api.definition === 'methods' ? api.deployments : []));
  return [
    ...deployments.map(
      ({ id }) => `${id} keeps its snapshot of the API until its logical id changes: rename it, and what refers to it.`,
    ),
    'Nothing takes effect before the API is deployed.',
  ];
}
