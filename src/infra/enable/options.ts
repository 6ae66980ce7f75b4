import type { Api, Route } from '../api.js';
import type { Method } from '../method.js';
import { child, type MapNode } from '../node.js';
import { knownOf } from '../value.js';
import type { Mock } from '../write/mock.js';
import { integrationResponse, integrationResponseItem, optionsOperation, optionsProperties } from '../write/options.js';
import type { DataMap } from './edit.js';
import { type Editor, plainMap } from './editor.js';
import { integrationOf, type Notation, operationOf, versionOf } from './notation.js';
import { declareHeaders, editResponses, pushTo, takesEverything } from './responses.js';
import type { Wanted } from './wanted.js';

/** OPTIONS for a path of an OpenAPI definition that has none. */
export function addOptions(route: Route, notation: Notation, wanted: Wanted, editor: Editor): void {
  const map = plainMap(editor.pairAt(route.key)?.value);
  const isReference = child(map, '$ref') !== undefined;
  if (map === undefined || isReference) {
    editor.note(`${route.path} gets no OPTIONS: it is written elsewhere. Add it there.`);
    return;
  }
  const operation = optionsOperation(wanted.mock(route), versionOf(notation.root)) as DataMap;
  editor.set(map, ['options'], operation, { where: `OPTIONS ${route.path}`, what: 'method' });
}

/** An OPTIONS method that is there: open to everyone, with the headers of a preflight. */
export function editOptions(
  api: Api,
  route: Route,
  method: Method,
  notation: Notation,
  wanted: Wanted,
  editor: Editor,
): void {
  if (method.made === 'sam-event') openEvent(method, route, editor);
  else open(method, route, notation, editor);
  const { kind } = method.integration;
  const title = `OPTIONS ${route.path}`;
  if (kind === 'lambda-proxy' || kind === 'http-proxy') {
    const who = kind === 'lambda-proxy' ? 'the function' : 'the HTTP backend';
    editor.note(`${title} is a proxy: ${who} answers preflights itself.`);
    return;
  }
  if (kind === 'unknown') {
    editor.note(`${title} is left: it is not known what its integration is.`);
    return;
  }
  const mock = wanted.mock(route);
  if (kind === 'none') {
    giveIntegration(method, route, mock, notation, editor);
    return;
  }
  if (kind === 'mock' && !repairMock(api, method, route, mock, notation, editor)) return;
  const { headers, responseTemplate: template } = mock;
  if (method.integration.responses.length > 0 || !method.integration.responsesKnown || kind !== 'mock') {
    editResponses(
      method,
      route,
      { headers, template, owned: kind === 'mock', joined: wanted.console },
      notation,
      editor,
    );
  }
}

/** A preflight carries neither a token nor a key. */
function open(method: Method, { path }: Route, notation: Notation, editor: Editor): void {
  const { auth, apiKey } = method;
  const isGuarded = auth.kind !== 'none';
  const isKeyed = knownOf(apiKey.value) !== false;
  const operation = operationOf(method, notation, editor);
  if (operation === undefined) return;
  const where = `OPTIONS ${path}`;
  if (notation.kind === 'openapi') {
    if (isGuarded || isKeyed) editor.set(operation, ['security'], [], { where, what: 'security', after: '[]' });
    const own = child(operation, 'x-amazon-apigateway-auth');
    if (isGuarded && own !== undefined) {
      editor.replace(own, { type: 'NONE' }, { where, what: 'x-amazon-apigateway-auth', after: 'NONE' });
    }
    return;
  }
  if (isGuarded) {
    editor.set(operation, ['AuthorizationType'], 'NONE', { where, what: 'AuthorizationType', after: 'NONE' });
    const authorizer = operation.byKey.get('AuthorizerId');
    if (authorizer !== undefined) editor.remove(operation, authorizer, { where, what: 'AuthorizerId' });
  }
  if (isKeyed) editor.set(operation, ['ApiKeyRequired'], false, { where, what: 'ApiKeyRequired', after: 'false' });
}

function openEvent({ key, auth, apiKey }: Method, { path }: Route, editor: Editor): void {
  const event = plainMap(editor.pairAt(key)?.value);
  if (event === undefined) return;
  const where = `OPTIONS ${path}`;
  if (auth.kind !== 'none') {
    editor.set(event, ['Properties', 'Auth', 'Authorizer'], 'NONE', { where, what: 'Authorizer', after: 'NONE' });
  }
  if (knownOf(apiKey.value) === true) {
    const path = ['Properties', 'Auth', 'ApiKeyRequired'];
    editor.set(event, path, false, { where, what: 'ApiKeyRequired', after: 'false' });
  }
}

/** What a mock needs so that it answers at all. False where it could not be given. */
function repairMock(api: Api, method: Method, route: Route, mock: Mock, notation: Notation, editor: Editor): boolean {
  const map = integrationOf(method, notation, editor);
  const where = `OPTIONS ${route.path}`;
  if (map === undefined) {
    editor.note(`${where} is left: it is written elsewhere, or with a function of CloudFormation.`);
    return false;
  }
  const { requestTemplates, templatesKnown, responses, responsesKnown, contentHandling } = method.integration;
  const status = statusOf(method) ?? mock.status;
  const template = `{"statusCode": ${status}}`;
  const json = requestTemplates.filter(({ contentType }) => /^application\/json\b/i.test(contentType));
  const what = 'request template for application/json';
  if (templatesKnown && json.length === 0) {
    editor.set(map, [notation.requestTemplates, 'application/json'], template, { where, what, after: template });
  }
  for (const { key, text } of json) {
    const known = knownOf(text);
    const node = editor.pairAt(key)?.value;
    if (known === undefined || /statusCode/.test(String(known)) || node === undefined) continue;
    editor.replace(node, template, { where, what, after: template });
  }
  const isText = String(knownOf(contentHandling) ?? '').toUpperCase() === 'CONVERT_TO_TEXT';
  if (!isText && takesEverything(api)) {
    const text = 'CONVERT_TO_TEXT';
    editor.set(map, [notation.contentHandling], text, { where, what: notation.contentHandling, after: text });
  }
  if (responsesKnown && responses.length === 0) {
    giveResponse(map, where, { ...mock, status }, notation, editor);
    declareHeaders(method, route, status, Object.keys(mock.headers), notation, editor);
  }
  return true;
}

/** The status that a mock without integration responses is declared to have. */
function statusOf({ responses, integration }: Method): string | undefined {
  const [answer] = integration.responses;
  const given = answer === undefined ? responses.map(({ status }) => knownOf(status)) : [knownOf(answer.statusCode)];
  return given.map(String).find((status) => /^2\d\d$/.test(status));
}

function giveResponse(map: MapNode, where: string, mock: Mock, notation: Notation, editor: Editor): void {
  const change = { where, what: 'integration response', after: mock.status };
  if (notation.kind === 'openapi') {
    editor.set(map, ['responses', 'default'], integrationResponse(mock) as DataMap, change);
  } else pushTo(map, 'IntegrationResponses', integrationResponseItem(mock) as DataMap, change, editor);
}

/** An operation without an integration cannot be imported. */
function giveIntegration(method: Method, route: Route, mock: Mock, notation: Notation, editor: Editor): void {
  const operation = operationOf(method, notation, editor);
  const where = `OPTIONS ${route.path}`;
  if (operation === undefined) {
    editor.note(`${where} has no integration: give it one.`);
    return;
  }
  const status = statusOf(method) ?? mock.status;
  const own = { ...mock, status, requestTemplate: `{"statusCode": ${status}}` };
  const whole =
    notation.kind === 'openapi'
      ? optionsOperation(own, versionOf(notation.root))[notation.integration]
      : optionsProperties(own, { RestApiId: '', ResourceId: '' }).Integration;
  const change = { where, what: 'integration', after: 'mock' };
  if (editor.set(operation, [notation.integration], whole as DataMap, change)) {
    declareHeaders(method, route, status, Object.keys(mock.headers), notation, editor);
  }
}
