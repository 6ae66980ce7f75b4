import { checkKeys } from '../../core/options.js';
import type { CompiledPolicy, CorsPolicy } from '../../core/policy.js';
import type { Api } from '../api.js';
import type { Change } from '../enable/editor.js';
import { enableDocument } from '../enable/enable-document.js';
import { EnableError } from '../enable/enable-error.js';
import { SELECTION_KEYS, type Selection, selectedRoutes } from '../enable/selection.js';
import { gatewayResponseName, methodName, nameOf, resourceName } from './document.js';
import { type LiveApi, partOf } from './read-live.js';
import type { LiveResource } from './resource.js';
import { type Step, stepOf } from './step.js';
import { isSame, type Json, type JsonMap, mapIn, type PartOfMethod, settled } from './thing.js';

/** What has to be written in an API, in this order. */
export interface Plan {
  /** The API that it is for. */
  readonly restApiId: string;
  /** What is written, one call each. */
  readonly steps: readonly Step[];
  /** The same for people, header by header. */
  readonly changes: readonly Change[];
  /** What is left and why, and what the backends owe, a sentence or two each. */
  readonly notes: readonly string[];
}

/**
 * What has to be written in a REST API so that it has CORS, by the rules of `enableDocument`. Pure.
 *
 * @param api As `readApi` has read it.
 * @param policy As it is given to `withCors`. Default, as in the console: any origin, its five headers, the methods of
 *   the resource.
 * @param selection What of the API is enabled. Default: all of it.
 * @throws {CorsPolicyError} For a faulty policy.
 * @throws {EnableError} For a resource that does not exist, and a policy that a REST API cannot express.
 * @example
 * const plan = planApi(await readApi(client, 'a1b2c3d4e5'), { allowOrigins: 'https://app.example.com' })
 * for (const { where, what, after = '' } of plan.changes) console.log(where, what, after)
 */
export function planApi(api: LiveApi, policy?: CorsPolicy | CompiledPolicy, selection: Selection = {}): Plan {
  checkKeys('planApi', selection, SELECTION_KEYS, 'planApi(api, policy, { resources: ["/pets"] })');
  checkMethods(api, selection);
  const path = nameOf(api.id);
  const steps: Step[] = [];
  const changes: Change[] = [];
  const notes = new Set<string>();
  const ofErrors: Step[] = [];
  for (const [at, { document, chosen }] of chosenParts(api, selection).entries()) {
    const enabled = enableDocument(document, policy, { ...chosen, path });
    const [before, after] = [resourcesIn(document), resourcesIn(enabled.text)];
    addMethods(api, before, after, steps);
    // Every part has them.
    if (at === 0) ofErrors.push(...gatewaySteps(api, before, after));
    changes.push(...enabled.changes.filter(({ where }) => at === 0 || OF_METHOD.test(where)).map(withoutTemplate));
    for (const note of enabled.notes) notes.add(note);
  }
  return {
    restApiId: api.id,
    steps: [...steps, ...ofErrors],
    changes,
    // It is said when it is so, after the changes.
    notes: [...notes].filter((note) => !note.startsWith('Nothing takes effect')),
  };
}

/** `GET /pets 200`, unlike `DEFAULT_4XX`. */
const OF_METHOD = /^[A-Z]+ \//;

interface ChosenPart {
  readonly document: string;
  readonly chosen: Selection;
}

/** What of a selection is in each part: a part knows nothing of the others. */
function chosenParts({ id, parts }: LiveApi, selection: Selection): readonly ChosenPart[] {
  const [first] = parts;
  const { resources, methods } = selection;
  if (first === undefined) return [];
  // Then it says itself what there is instead.
  const whole = [{ document: first.document, chosen: selection }];
  if (parts.length === 1) return whole;
  const hasRoute = (model: Api, name: string) => selectedRoutes(model, { ...selection, resources: [name] }).length > 0;
  if (resources?.some((name) => !parts.some(({ model }) => hasRoute(model, name)))) return whole;
  const found = parts.flatMap(({ document, model }) => {
    const own = resources?.filter((name) => hasRoute(model, name));
    const routes = selectedRoutes(model, { ...selection, resources: own });
    const verbs = new Set(routes.flatMap((route) => route.methods.map(({ method }) => method)));
    const chosen = { ...selection, resources: own, methods: methods?.filter((name) => verbs.has(name.toUpperCase())) };
    return own?.length === 0 ? [] : [{ document, chosen }];
  });
  const missing = methods?.find((name) => !found.some(({ chosen }) => chosen.methods?.includes(name)));
  if (missing !== undefined)
    throw new EnableError(`${nameOf(id)}: there is no method ${JSON.stringify(missing)} there`);
  return found;
}

function addMethods(api: LiveApi, before: JsonMap, after: JsonMap, steps: Step[]): void {
  for (const resource of api.resources) {
    for (const name of resource.methods.keys()) {
      const part = methodName(resource.id, name);
      if (part in before) addSteps(api, resource, name, propertiesOf(before, part), propertiesOf(after, part), steps);
    }
  }
  for (const [part, whole] of Object.entries(after)) {
    const { Type, Properties } = whole as { readonly Type?: string; readonly Properties: JsonMap };
    if (part in before || Type !== 'AWS::ApiGateway::Method') continue;
    const resource = api.resources.find(({ id, path }) => isResource(Properties.ResourceId, id, path));
    if (resource !== undefined) addSteps(api, resource, 'OPTIONS', undefined, Properties, steps);
  }
}

/** A change without what only a template has: logical ids, and quotation marks around what was there. */
function withoutTemplate({ after, before, ...change }: Change): Change {
  const { action, what, where } = change;
  return {
    ...change,
    where: what === 'gateway response' ? where.toUpperCase().replace('DEFAULT', 'DEFAULT_') : where,
    ...(before !== undefined && { before: before.startsWith('"') ? String(JSON.parse(before)) : before }),
    ...(after !== undefined && !(action === 'add' && what === 'method') && { after }),
  };
}

/** A template has a path only where it has a method. */
function checkMethods({ id, resources }: LiveApi, selection: Selection): void {
  for (const name of selection.recursive ? [] : (selection.resources ?? [])) {
    const resource = resources.find(({ path }) => path === name);
    if (resource?.methods.size === 0) throw new EnableError(`${nameOf(id)}: ${name} has no method`);
  }
}

function resourcesIn(document: string): JsonMap {
  return mapIn(JSON.parse(document) as JsonMap, 'Resources');
}

function propertiesOf(parts: JsonMap, part: string): JsonMap {
  return mapIn(parts[part] as JsonMap | undefined, 'Properties');
}

function isResource(reference: Json | undefined, id: string, path: string): boolean {
  const { Ref } = (reference ?? {}) as { readonly Ref?: string };
  return Ref === undefined ? path === '/' : Ref === resourceName(id);
}

/** The steps from one version of a method to the other: what is referred to before what refers to it. */
function addSteps(
  api: LiveApi,
  { id: resourceId, path }: LiveResource,
  method: string,
  before: JsonMap | undefined,
  after: JsonMap,
  steps: Step[],
): void {
  const of = { resourceId, path, method };
  const add = (thing: PartOfMethod, from: JsonMap | undefined, to: JsonMap): void => {
    const state = partOf(api, thing);
    const next = settled(patched(state ?? {}, from ?? {}, to), resourceId);
    if (state === undefined || !isSame(state, next)) steps.push(stepOf(thing, state, next));
  };
  const { Integration: _, MethodResponses: __, ...own } = before ?? {};
  add({ kind: 'method', ...of }, camel(before && own), { ...camel(withoutParts(after)), httpMethod: method });
  if (after.Integration !== undefined) {
    const [from, to] = [before && mapIn(before, 'Integration'), mapIn(after, 'Integration')];
    add({ kind: 'integration', ...of }, camel(from && withoutParts(from)), camel(withoutParts(to)));
  }
  for (const [status, to] of byStatus(after.MethodResponses)) {
    const from = byStatus(before?.MethodResponses).get(status);
    add({ kind: 'method response', ...of, status }, camel(from), camel(to));
  }
  const responsesOf = (properties: JsonMap | undefined) =>
    byStatus(mapIn(properties, 'Integration').IntegrationResponses);
  for (const [status, to] of responsesOf(after)) {
    add({ kind: 'integration response', ...of, status }, camel(responsesOf(before).get(status)), camel(to));
  }
}

/** The properties that are a thing of their own, or name the API and the resource. */
const PARTS = ['RestApiId', 'ResourceId', 'Integration', 'MethodResponses', 'IntegrationResponses'];

function withoutParts(properties: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !PARTS.includes(key)));
}

function byStatus(list: Json | undefined): ReadonlyMap<string, JsonMap> {
  const items = (Array.isArray(list) ? list : []) as readonly JsonMap[];
  return new Map(items.map((item) => [String(item.StatusCode), item]));
}

function gatewaySteps({ gatewayResponses }: LiveApi, before: JsonMap, after: JsonMap): readonly Step[] {
  return Object.entries(after).flatMap(([part, whole]) => {
    const { Type, Properties } = whole as { readonly Type?: string; readonly Properties: JsonMap };
    if (Type !== 'AWS::ApiGateway::GatewayResponse') return [];
    const type = String(Properties.ResponseType);
    const state = gatewayResponses.get(type);
    const from = part === gatewayResponseName(type) ? propertiesOf(before, part) : {};
    const next = patched(state ?? { responseType: type }, camel(withoutParts(from)), camel(withoutParts(Properties)));
    if (state !== undefined && isSame(state, next)) return [];
    return [stepOf({ kind: 'gateway response', type }, state, next)];
  });
}

/** `{ StatusCode: '200' }` as the API has it: `{ statusCode: '200' }`. */
function camel(properties: JsonMap | undefined): JsonMap {
  return Object.fromEntries(
    Object.entries(properties ?? {}).map(([key, value]) => [(key[0] ?? '').toLowerCase() + key.slice(1), value]),
  );
}

/** A state with what differs between two templates, and with all that no template says. */
function patched(state: JsonMap, before: JsonMap, after: JsonMap): JsonMap {
  const next: Record<string, Json> = { ...state };
  for (const key of Object.keys(before)) if (!(key in after)) delete next[key];
  for (const [key, value] of Object.entries(after)) {
    if (JSON.stringify(before[key]) === JSON.stringify(value)) continue;
    next[key] = isMap(value) ? patched(mapIn(state, key), mapIn(before, key), value) : value;
  }
  return next;
}

function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
