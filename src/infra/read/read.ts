import { checkKeys } from '../../core/options.js';
import type { Api } from '../api.js';
import { type InfraFile, type Model, type ModelFile, READ_KEYS, type ReadOptions } from '../model.js';
import { child, entries, type Node, type TreeDocument } from '../node.js';
import { TemplateError } from '../template-error.js';
import type { Value } from '../value.js';
import { readDocument } from './document.js';
import { field, fields, plainText } from './fields.js';
import { includedPath } from './include.js';
import { openApiDocument } from './openapi-document.js';
import type { Template } from './resources.js';
import { ignoresOf, type Scope, scopeOf } from './scope.js';
import type { Look } from './settle.js';
import { apisOf, isServerless, isTemplate, looseResources } from './template.js';

/** Files that include files that include files …: no template goes further. */
const MAX_FILES = 200;
const MAX_LEVELS = 8;

interface Reading {
  readonly options: ReadOptions;
  readonly files: Map<string, ModelFile>;
  readonly apis: Api[];
  /** Files that others include, and that are not in the model themselves. */
  readonly documents: Map<string, TreeDocument | string>;
  reads: number;
}

/**
 * The APIs that SAM and CloudFormation templates and OpenAPI documents describe, reduced to what CORS depends on: what
 * answers OPTIONS, what each response carries, what the gateway's own errors carry, who must authenticate. What is
 * known only when it is deployed stays `unknown`. Pure: other files are asked for through `read`.
 *
 * @param files The files, with their texts.
 * @param options How other files are found that a template names. Default: nothing is at hand.
 * @throws {TemplateError} For a file that is not readable, or is neither a template nor an OpenAPI document.
 * @example
 * const [api] = readApis([{ path: 'template.yaml', text }])
 * api?.routes.map(({ path, options }) => [path, options.by]) // [['/notes', 'method'], …]
 */
export function readApis(files: readonly InfraFile[], options: ReadOptions = {}): readonly Api[] {
  checkKeys('readApis', options, READ_KEYS, 'readApis(files, { read })');
  return readModel(files, options).apis;
}

/**
 * Reads templates and OpenAPI documents, and what they include.
 *
 * @throws {TemplateError} for a file that is neither, or is not readable.
 */
export function readModel(files: readonly InfraFile[], options: ReadOptions = {}): Model {
  const reading: Reading = { options, files: new Map(), apis: [], documents: new Map(), reads: 0 };
  const given = files.map((file) => ({ file, document: readDocument(file) }));
  for (const { file, document } of given) reading.documents.set(file.path, document);
  // Templates first: an OpenAPI document that one of them includes is not read by itself.
  const [templates, others] = [
    given.filter(({ document }) => isTemplate(document.root)),
    given.filter(({ document }) => !isTemplate(document.root)),
  ];
  for (const { file, document } of templates) {
    if (!reading.files.has(file.path)) readTemplate(document, rootOf(file, options), new Map(), false, 0, reading);
  }
  for (const { file, document } of others) readOther(document, rootOf(file, options), reading);
  return { apis: reading.apis, files: [...reading.files.values()] };
}

/**
 * The folder that includes must not leave, unless another one is named: what relative paths begin in, or the file's own
 * folder where its path is absolute or climbs.
 */
function rootOf({ path }: InfraFile, { root }: ReadOptions): string {
  if (root !== undefined) return root;
  const folders = path.replaceAll('\\', '/').split('/').slice(0, -1);
  return folders[0] === '' || folders.includes('..') ? folders.join('/') : '';
}

function readTemplate(
  document: TreeDocument,
  root: string,
  given: ReadonlyMap<string, Value<Node>>,
  included: boolean,
  level: number,
  reading: Reading,
): void {
  const { path } = document.source;
  const scope = scopeOf(document.root, includer(root, reading), given);
  const { template, apis } = apisOf(document, scope);
  reading.files.set(path, {
    document,
    kind: 'template',
    included,
    ignores: ignoresOf(document.root),
    gaps: scope.gaps,
  });
  reading.apis.push(...apis);
  if (level < MAX_LEVELS) readNested(template, root, level, reading);
}

function readOther(document: TreeDocument, root: string, reading: Reading): void {
  const { path } = document.source;
  if (reading.files.has(path)) return;
  const scope = scopeOf(document.root, includer(root, reading));
  const api = openApiDocument(document, scope);
  const loose = api === undefined ? looseResources(document.root) : undefined;
  if (loose !== undefined) {
    readTemplate({ ...document, root: loose }, root, new Map(), false, 0, reading);
    return;
  }
  if (api === undefined) {
    const reason = isServerless(document.root)
      ? 'a serverless.yml is not read; give the template that `serverless package` makes of it, in .serverless/'
      : 'neither a CloudFormation or SAM template nor an OpenAPI document; give one of these';
    throw new TemplateError(path, reason);
  }
  const kind = 'openapi';
  reading.files.set(path, { document, kind, included: false, ignores: ignoresOf(document.root), gaps: scope.gaps });
  reading.apis.push(api);
}

/** Reads what a template names, once, for all that name it. */
function includer(root: string, reading: Reading): Scope['include'] {
  return (location, from) => {
    const target = includedPath(location, from.place, root);
    if (typeof target === 'string') return target;
    const document = documentAt(target.path, reading);
    if (typeof document === 'string') return document;
    if (!reading.files.has(target.path)) {
      const ignores = ignoresOf(document.root);
      reading.files.set(target.path, { document, kind: 'fragment', included: true, ignores, gaps: [] });
    }
    return document.root;
  };
}

function documentAt(path: string, reading: Reading): TreeDocument | string {
  const known = reading.documents.get(path);
  if (known !== undefined) return known;
  const document = readAt(path, reading);
  reading.documents.set(path, document);
  return document;
}

function readAt(path: string, reading: Reading): TreeDocument | string {
  if (reading.reads >= MAX_FILES) return 'too many files are included';
  reading.reads += 1;
  const text = reading.options.read?.(path);
  if (text === undefined) return `${path} is not at hand`;
  try {
    return readDocument({ path, text });
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}

/** Nested stacks and applications, with the parameters that they are given. */
function readNested(template: Template, root: string, level: number, reading: Reading): void {
  const { scope } = template;
  const nested = [
    ...template.ofType('AWS::CloudFormation::Stack').map((resource) => ({ resource, at: 'TemplateURL' })),
    ...template.ofType('AWS::Serverless::Application').map((resource) => ({ resource, at: 'Location' })),
  ];
  for (const { resource, at } of nested) {
    const look = field(resource.properties, at, scope);
    const location = plainText(look);
    if (look === undefined || location === undefined) continue;
    const target = includedPath(location, look.place, root);
    const document = typeof target === 'string' ? target : documentAt(target.path, reading);
    if (typeof document === 'string') {
      scope.gaps.push({ why: document, place: look.place });
      continue;
    }
    const { path } = document.source;
    if (reading.files.get(path)?.kind === 'template' || !isTemplate(document.root)) continue;
    const given = parametersOf(field(resource.properties, 'Parameters', scope), document, scope);
    readTemplate(document, root, given, true, level + 1, reading);
  }
}

/** What is passed counts, known or not; what is not passed has its Default. */
function parametersOf(
  passed: Look | undefined,
  document: TreeDocument,
  scope: Scope,
): ReadonlyMap<string, Value<Node>> {
  const { entries: given, complete } = fields(passed, scope);
  const values = new Map(given.map(({ key, value }) => [key, value]));
  if (complete) return values;
  const { place } = document.root;
  for (const { key } of entries(child(document.root, 'Parameters'))) {
    if (!values.has(key)) values.set(key, { kind: 'unknown', why: 'it is passed by another template', place });
  }
  return values;
}
