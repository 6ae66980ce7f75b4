import type { Api, Route } from '../api.js';
import type { HeaderMapping, IntegrationResponse, Method } from '../method.js';
import { child, type MapNode } from '../node.js';
import { mappingOf } from '../play/mapping.js';
import { knownOf } from '../value.js';
import { quoted } from '../write/mock.js';
import { type Editor, plainMap } from './editor.js';
import { deref, type Notation, operationOf, responseOf } from './notation.js';
import { ALLOW_ORIGIN, type Carried, editTemplates } from './templates.js';

const IN_RESPONSE = 'method.response.header.';
const CREDENTIALS = 'Access-Control-Allow-Credentials';

/** The headers of all integration responses of a method, and of the method responses that declare them. */
export function editResponses(
  method: Method,
  route: Route,
  carried: Carried,
  notation: Notation,
  editor: Editor,
): void {
  const title = `${method.method} ${route.path}`;
  const { responses, responsesKnown } = method.integration;
  if (!responsesKnown) {
    editor.note(`${title} is left: its integration responses cannot be read.`);
    return;
  }
  if (responses.length === 0) {
    editor.note(`${title} has no integration response, so the gateway answers 500: add one.`);
    return;
  }
  const declared = new Map<string, Set<string>>();
  for (const response of responses) {
    const status = knownOf(response.statusCode);
    const where = status === undefined ? title : `${title} ${String(status)}`;
    if (!editResponse(response, where, carried, notation, editor)) continue;
    if (status === undefined) editor.note(`${where}: declare its headers in the method response by hand.`);
    else {
      const names = declared.get(String(status)) ?? new Set();
      for (const name of Object.keys(carried.headers)) names.add(name);
      declared.set(String(status), names);
    }
  }
  for (const [status, names] of declared) declareHeaders(method, route, status, [...names], notation, editor);
}

/** Whether the response is as it is to be, or will be. */
function editResponse(
  response: IntegrationResponse,
  where: string,
  carried: Carried,
  notation: Notation,
  editor: Editor,
): boolean {
  const map = responseOf(response, notation, editor);
  if (map === undefined || !response.headersKnown) {
    editor.note(`${where} is left: it is written elsewhere, or with a function of CloudFormation.`);
    return false;
  }
  if (!editTemplates(response, map, where, carried, notation, editor)) return false;
  const parent = plainMap(child(map, notation.responseParameters));
  for (const [name, value] of Object.entries(carried.headers)) {
    const before = mappingFor(response, name);
    const change = { where, what: before?.name ?? name, after: quoted(value) };
    if (before === undefined) {
      const isSet = editor.set(map, [notation.responseParameters, `${IN_RESPONSE}${name}`], quoted(value), change);
      if (!isSet) editor.note(`${where}: map ${name} to ${quoted(value)} by hand, in ${notation.responseParameters}.`);
    } else editMapping(before, value, change, editor, carried.joined);
  }
  const superfluous = [
    ...(carried.template === undefined ? [] : sameHeader(response, ALLOW_ORIGIN)),
    ...(carried.headers[CREDENTIALS] === undefined ? sameHeader(response, CREDENTIALS) : []),
    // A header that is mapped in two spellings is sent twice.
    ...Object.keys(carried.headers).flatMap((name) => sameHeader(response, name).slice(1)),
  ];
  for (const { key, name } of superfluous) {
    const pair = editor.pairAt(key);
    if (pair !== undefined && parent !== undefined) editor.remove(parent, pair, { where, what: name });
  }
  return true;
}

function sameHeader(
  { headers }: { readonly headers: readonly HeaderMapping[] },
  name: string,
): readonly HeaderMapping[] {
  return headers.filter((each) => each.name.toLowerCase() === name.toLowerCase());
}

export function mappingFor(
  response: { readonly headers: readonly HeaderMapping[] },
  name: string,
): HeaderMapping | undefined {
  return sameHeader(response, name)[0];
}

/** Gives a mapping that is there another value, unless it means the same. */
export function editMapping(
  { name, key, value }: HeaderMapping,
  wanted: string,
  change: { readonly where: string; readonly what: string; readonly after: string },
  editor: Editor,
  joined = false,
): void {
  const known = knownOf(value);
  const mapping = known === undefined ? undefined : mappingOf(known);
  const text = mapping?.kind === 'static' ? mapping.text : undefined;
  if (text !== undefined && isSame(name, text, wanted)) return;
  const pair = editor.pairAt(key);
  if (pair === undefined) {
    editor.note(`${change.where}: ${name} is written in ${key.source.path}; write ${change.after} there.`);
    return;
  }
  const isList = /-allow-(?:methods|headers)$/i.test(name);
  const isJoined = /^vary$/i.test(name) || (joined && isList && editor.isShared(pair.value));
  const whole = isJoined && text ? joinedList(text, wanted, isList ? ',' : ', ') : wanted;
  if (whole === text) return;
  editor.replace(pair.value, quoted(whole), { ...change, after: quoted(whole) });
}

function joinedList(one: string, other: string, between: string): string {
  const items = (text: string) => text.split(',').map((item) => item.trim());
  const given = items(one);
  const more = items(other).filter((item) => !given.some((each) => each.toLowerCase() === item.toLowerCase()));
  return more.length === 0 ? one : [one, ...more].join(between);
}

/** Lists are the same in any order. */
function isSame(name: string, one: string, other: string): boolean {
  if (one === other) return true;
  const items = (text: string) => text.split(',').map((item) => item.trim());
  const lower = (text: string) => items(text.toLowerCase());
  if (/^vary$/i.test(name)) return lower(other).every((item) => lower(one).includes(item)) || one.trim() === '*';
  if (/-(?:allow|expose)-headers$/i.test(name)) return lower(one).sort().join() === lower(other).sort().join();
  return /-allow-methods$/i.test(name) && items(one).sort().join() === items(other).sort().join();
}

/** Declares headers in the method response of a status. */
export function declareHeaders(
  method: Method,
  route: Route,
  status: string,
  names: readonly string[],
  notation: Notation,
  editor: Editor,
): void {
  const operation = operationOf(method, notation, editor);
  if (operation === undefined) return;
  const statusOf = (each: Method['responses'][number]) => String(knownOf(each.status));
  const found =
    method.responses.find((each) => statusOf(each) === status) ??
    method.responses.find((each) => statusOf(each) === 'default');
  if (found?.headersKnown === false) return;
  const given = new Set(found?.headers.map(({ name }) => name.toLowerCase()));
  const missing = names.filter((name) => !given.has(name.toLowerCase()));
  const where = `${method.method} ${route.path} ${status}`;
  const isOpenApi = notation.kind === 'openapi';
  if (missing.length === 0 && found !== undefined) return;
  const declarations = Object.fromEntries(
    missing.map((name) => [isOpenApi ? name : `${IN_RESPONSE}${name}`, notation.declaration]),
  );
  const change = { where, what: 'method response', after: missing.join(', ') };
  if (found === undefined) {
    if (isOpenApi) {
      const response = { description: status, headers: declarations };
      editor.set(operation, ['responses', status], response, change);
    } else
      pushTo(operation, 'MethodResponses', { StatusCode: status, ResponseParameters: declarations }, change, editor);
    return;
  }
  const node = isOpenApi ? deref(editor.pairAt(found.key)?.value, notation) : editor.nodeAt(found.place);
  const map = plainMap(node);
  const parent = isOpenApi ? 'headers' : 'ResponseParameters';
  const isSet =
    map !== undefined &&
    Object.entries(declarations).every(([name, value], index) =>
      editor.set(map, [parent, name], value, { ...change, after: missing[index] as string }),
    );
  if (!isSet) editor.note(`${where}: declare ${missing.join(', ')} in the method response by hand.`);
}

/** One item more in a list that may not be there yet. */
export function pushTo(
  map: MapNode,
  key: string,
  item: Parameters<Editor['push']>[1],
  change: Parameters<Editor['push']>[2],
  editor: Editor,
): void {
  const list = child(map, key);
  if (list?.kind === 'list') editor.push(list, item, change);
  else if (list === undefined) editor.set(map, [key], [item], change);
  else editor.note(`${change.where}: add to ${key} by hand; it is not a plain list.`);
}

/** Whether binary content may come to a mock. */
export function takesEverything({ binaryMediaTypes }: Api): boolean {
  return binaryMediaTypes.some((type) => {
    const known = knownOf(type);
    return known === undefined || known === '*/*';
  });
}
