import type { Api } from '../api.js';
import { child, entries, type Node, type TreeDocument, textOf } from '../node.js';
import { attachedTo, joinAttached } from './attached.js';
import { functionUrls } from './function-urls.js';
import { httpApi, httpRoutes } from './http-resources.js';
import { mapNode } from './json.js';
import { type Resource, type Template, templateOf } from './resources.js';
import { externalApi, restApi } from './rest-api.js';
import { restMethods } from './rest-resources.js';
import { samApi } from './sam-api.js';
import { eventsOf, IMPLICIT } from './sam-events.js';
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
  const rest = restMethods(template);
  const http = httpRoutes(template);
  const known = new Set<string>();
  const apis: Api[] = [];
  for (const resource of template.resources.values()) {
    const api = apiOf(resource, template, rest, http);
    if (api === 'other') continue;
    known.add(resource.id);
    if (api !== undefined) apis.push(api);
  }
  for (const api of implicitApis(template, rest, http)) {
    known.add(api.id);
    apis.push(api);
  }
  for (const [id, methods] of rest) if (!known.has(id)) apis.push(externalApi(id, methods, template, 'rest'));
  for (const [id, routes] of http) if (!known.has(id)) apis.push(externalApi(id, routes, template, 'http'));
  return { template, apis: [...apis, ...functionUrls(template)] };
}

type Routes = ReturnType<typeof restMethods>;

/** `undefined` for WebSocket APIs. */
function apiOf(resource: Resource, template: Template, rest: Routes, http: Routes): Api | undefined | 'other' {
  switch (resource.type) {
    case 'AWS::Serverless::Api':
      return ofSam('rest', resource, template, rest);
    case 'AWS::Serverless::HttpApi':
      return ofSam('http', resource, template, http);
    case 'AWS::ApiGateway::RestApi':
      return restApi(resource, rest.get(resource.id) ?? [], template);
    case 'AWS::ApiGatewayV2::Api':
      return httpApi(resource, http.get(resource.id) ?? [], template);
    default:
      return 'other';
  }
}

function ofSam(kind: 'rest' | 'http', resource: Resource, template: Template, routes: Routes): Api {
  const { id } = resource;
  const events = eventsOf(template).filter((event) => event.kind === kind && event.api === id);
  const api = samApi({ ...resource, kind, resource }, events, routes.get(id) ?? [], template);
  return joinAttached(api, attachedTo(id, template));
}

/** What SAM makes for events that name no API. */
function implicitApis(template: Template, rest: Routes, http: Routes): readonly Api[] {
  const events = eventsOf(template);
  return (['rest', 'http'] as const).flatMap((kind) => {
    const id = IMPLICIT[kind];
    const own = events.filter((event) => event.kind === kind && event.api === id);
    const [first] = own;
    // The name may be taken, by whatever else: SAM makes its API all the same.
    const taken = /^AWS::Serverless::(?:Http)?Api$/.test(template.resources.get(id)?.type ?? '');
    if (first === undefined || taken) return [];
    const globals = child(template.globals, kind === 'rest' ? 'Api' : 'HttpApi');
    const properties =
      globals === undefined ? ({ kind: 'absent', place: first.key } as const) : settle(globals, template.scope);
    const subject = { kind, id, key: first.key, place: first.place, properties };
    const added = (kind === 'rest' ? rest : http).get(id) ?? [];
    return [joinAttached(samApi(subject, own, added, template), attachedTo(id, template))];
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
