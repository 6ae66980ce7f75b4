import type { Api, GatewayResponse } from '../api.js';
import { child, type MapNode, type Node } from '../node.js';
import { knownOf } from '../value.js';
import { GATEWAY_ERRORS, NO_GATEWAY_RESPONSES, quoted } from '../write/mock.js';
import { gatewayResponseResources } from '../write/options.js';
import { type DataMap, dataOf } from './edit.js';
import { type Editor, plainMap } from './editor.js';
import { freeName, resourcesOf } from './resources.js';
import { editMapping, mappingFor } from './responses.js';
import type { Wanted } from './wanted.js';

/** Where the gateway responses of an API are written. */
export type ErrorPlace =
  /** `x-amazon-apigateway-gateway-responses` of a definition. */
  | { readonly in: 'body'; readonly root: MapNode }
  /** `GatewayResponses` of SAM: what they are properties of, and the keys down to it. */
  | { readonly in: 'sam'; readonly base: MapNode; readonly path: readonly string[] }
  /** `AWS::ApiGateway::GatewayResponse` resources. */
  | { readonly in: 'resources' }
  | { readonly in: 'nowhere' };

const PREFIX = 'gatewayresponse.header.';
const IN_BODY = 'x-amazon-apigateway-gateway-responses';

/** What the gateway's own errors carry. */
export function editGatewayErrors(api: Api, place: ErrorPlace, wanted: Wanted, editor: Editor): void {
  if (wanted.errors === undefined) {
    editor.note(NO_GATEWAY_RESPONSES);
    return;
  }
  // A resource beside a body is lost with the next update.
  const own = api.gatewayResponses.filter(({ where }) => place.in !== 'body' || where !== 'resource');
  for (const response of own) editGatewayError(response, wanted.errors, editor);
  const types = new Set(own.map(({ type }) => knownOf(type)));
  if (own.some(({ type }) => knownOf(type) === undefined)) return;
  const missing = GATEWAY_ERRORS.filter((type) => !types.has(type));
  if (missing.length > 0) addGatewayErrors(api, missing, wanted.errors, place, editor);
}

function editGatewayError(response: GatewayResponse, errors: Readonly<Record<string, string>>, editor: Editor): void {
  const type = String(knownOf(response.type) ?? response.id ?? 'gateway response');
  const node = editor.pairAt(response.key)?.value;
  const map = plainMap(response.where === 'resource' ? child(node, 'Properties') : node);
  if (map === undefined || !response.headersKnown) {
    editor.note(`${type} is left: it is written elsewhere, or with a function of CloudFormation.`);
    return;
  }
  for (const [name, value] of Object.entries(errors)) {
    const before = mappingFor(response, name);
    const change = { where: type, what: before?.name ?? name, after: quoted(value) };
    if (before !== undefined) editMapping(before, value, change, editor);
    else if (!editor.set(map, [...HEADERS[response.where], ...keyOf(response.where, name)], quoted(value), change)) {
      editor.note(`${type}: set ${name} to ${quoted(value)} by hand.`);
    }
  }
  const credentials = mappingFor(response, CREDENTIALS);
  const parent = HEADERS[response.where].reduce<Node | undefined>(child, map);
  const pair = credentials === undefined ? undefined : editor.pairAt(credentials.key);
  if (errors[CREDENTIALS] === undefined && pair !== undefined && parent?.kind === 'map') {
    editor.remove(parent, pair, { where: type, what: CREDENTIALS });
  }
}

const CREDENTIALS = 'Access-Control-Allow-Credentials';

const HEADERS: Readonly<Record<GatewayResponse['where'], readonly string[]>> = {
  sam: ['ResponseParameters', 'Headers'],
  body: ['responseParameters'],
  resource: ['ResponseParameters'],
};

function keyOf(where: GatewayResponse['where'], name: string): readonly string[] {
  return [where === 'sam' ? name : `${PREFIX}${name}`];
}

function addGatewayErrors(
  api: Api,
  types: readonly string[],
  errors: Readonly<Record<string, string>>,
  place: ErrorPlace,
  editor: Editor,
): void {
  const after = Object.entries(errors)
    .map(([name, value]) => `${name}: ${quoted(value)}`)
    .join(', ');
  if (place.in === 'nowhere') {
    editor.note(`${types.join(' and ')} of ${api.id || 'the API'} are left: another file has the API itself.`);
    return;
  }
  if (place.in === 'resources') {
    const resources = resourcesOf(editor.document.root);
    const method = api.routes.flatMap(({ methods }) => methods).find(({ id }) => id !== undefined);
    const sibling = method === undefined ? undefined : child(editor.pairAt(method.key)?.value, 'Properties');
    const restApiId = child(sibling, 'RestApiId');
    const reference = restApiId === undefined ? { Ref: api.id } : dataOf(restApiId);
    if (resources === undefined) return;
    for (const [name, resource] of Object.entries(gatewayResponseResources(errors, types, reference))) {
      const id = freeName(name, resources);
      const whole = { ...resource, ...(api.condition !== undefined && { Condition: api.condition }) } as DataMap;
      editor.set(resources, [id], whole, { where: id, what: 'gateway response', after });
    }
    return;
  }
  for (const type of types) {
    const isSet =
      place.in === 'body'
        ? editor.set(
            place.root,
            [IN_BODY, type],
            { responseParameters: mapped(errors, PREFIX) },
            { where: type, what: 'gateway response', after },
          )
        : editor.set(
            place.base,
            [...place.path, 'GatewayResponses', type],
            { ResponseParameters: { Headers: mapped(errors, '') } },
            { where: type, what: 'gateway response', after },
          );
    if (!isSet) editor.note(`${type} is left: gateway responses are written with a function of CloudFormation.`);
  }
}

function mapped(errors: Readonly<Record<string, string>>, prefix: string): DataMap {
  return Object.fromEntries(Object.entries(errors).map(([name, value]) => [`${prefix}${name}`, quoted(value)]));
}
