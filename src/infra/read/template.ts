import type { Api } from '../api.js';
import { child, entries, type Node, type TreeDocument, textOf } from '../node.js';
import { attachedTo, joinAttached } from './attached.js';
import type { RouteDraft } from './draft.js';
import { functionUrls } from './function-urls.js';
import { httpApi, httpRoutes } from './http-resources.js';
import { mapNode } from './json.js';
import { type Resource, type Template, templateOf } from './resources.js';
import { externalApi, restApi } from './rest-api.js';
import { restMethods } from './rest-resources.js';
import { type SamSubject, samApi } from './sam-api.js';
import { type ApiEvent, eventsOf, IMPLICIT } from './sam-events.js';
import { type Scope, typeOf } from './scope.js';
import { settle } from './settle.js';

export function isTemplate(root: Node): boolean {
  return child(root, 'Resources')?.kind === 'map' || child(root, 'AWSTemplateFormatVersion') !== undefined;
}

/** Every API of a SAM or CloudFormation template. */
export function apisOf(
  document: TreeDocument,
  scope: Scope,
): { readonly template: Template; readonly apis: readonly Api[] } {
  const template = templateOf(document.root, scope);
  const parts = partsOf(template);
  const known = new Set<string>();
  const apis: Api[] = [];
  for (const resource of template.resources.values()) {
    const api = apiOf(resource, template, parts);
    if (api === 'other') continue;
    known.add(resource.id);
    if (api !== undefined) apis.push(api);
  }
  for (const api of implicitApis(template, parts)) {
    known.add(api.id);
    apis.push(api);
  }
  for (const kind of ['rest', 'http'] as const) {
    for (const [id, routes] of parts[kind]) if (!known.has(id)) apis.push(externalApi(id, routes, template, kind));
  }
  return { template, apis: [...apis, ...functionUrls(template)] };
}

type Routes = ReadonlyMap<string, readonly RouteDraft[]>;

/** What other resources contribute to APIs, by the id of the API. */
interface Parts {
  readonly rest: Routes;
  readonly http: Routes;
  readonly events: Readonly<Record<'rest' | 'http', ReadonlyMap<string, readonly ApiEvent[]>>>;
}

function partsOf(template: Template): Parts {
  const events = { rest: new Map<string, ApiEvent[]>(), http: new Map<string, ApiEvent[]>() };
  for (const event of eventsOf(template)) {
    if (event.api === undefined) continue;
    const same = events[event.kind].get(event.api);
    if (same === undefined) events[event.kind].set(event.api, [event]);
    else same.push(event);
  }
  return { rest: restMethods(template), http: httpRoutes(template), events };
}

/** `undefined` for WebSocket APIs. */
function apiOf(resource: Resource, template: Template, parts: Parts): Api | undefined | 'other' {
  switch (resource.type) {
    case 'AWS::Serverless::Api':
      return ofSam({ ...resource, kind: 'rest', resource }, template, parts);
    case 'AWS::Serverless::HttpApi':
      return ofSam({ ...resource, kind: 'http', resource }, template, parts);
    case 'AWS::ApiGateway::RestApi':
      return restApi(resource, parts.rest.get(resource.id) ?? [], template);
    case 'AWS::ApiGatewayV2::Api':
      return httpApi(resource, parts.http.get(resource.id) ?? [], template);
    default:
      return 'other';
  }
}

function ofSam(subject: SamSubject, template: Template, parts: Parts): Api {
  const { kind, id } = subject;
  const api = samApi(subject, parts.events[kind].get(id) ?? [], parts[kind].get(id) ?? [], template);
  return joinAttached(api, attachedTo(id, template));
}

/** What SAM makes for events that name no API. */
function implicitApis(template: Template, parts: Parts): readonly Api[] {
  return (['rest', 'http'] as const).flatMap((kind) => {
    const id = IMPLICIT[kind];
    const [first] = parts.events[kind].get(id) ?? [];
    // The name may be taken, by whatever else: SAM makes its API all the same.
    const taken = /^AWS::Serverless::(?:Http)?Api$/.test(template.resources.get(id)?.type ?? '');
    if (first === undefined || taken) return [];
    const globals = child(template.globals, kind === 'rest' ? 'Api' : 'HttpApi');
    const properties =
      globals === undefined ? ({ kind: 'absent', place: first.key } as const) : settle(globals, template.scope);
    return [ofSam({ kind, id, key: first.key, place: first.place, properties }, template, parts)];
  });
}

/** Resources without the template around them, as a file that is included has them. */
export function looseResources(root: Node): Node | undefined {
  const isResources = entries(root).some(({ value }) => /^AWS::\w+::/.test(typeOf(value)));
  if (!isResources) return undefined;
  return mapNode(root.place, [{ key: 'Resources', keyPlace: root.place, value: root }], false);
}

export function isServerless(root: Node): boolean {
  return textOf(child(root, 'service')) !== undefined && child(root, 'provider') !== undefined;
}
