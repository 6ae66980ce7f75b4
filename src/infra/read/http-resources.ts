import type { Api, Authorizer } from '../api.js';
import type { Auth, Integration, Method } from '../method.js';
import type { Place } from '../node.js';
import { attachedTo } from './attached.js';
import { corsSettingOf } from './cors-setting.js';
import type { RouteDraft } from './draft.js';
import { field, fieldPair, items, no, plainText } from './fields.js';
import { headersInSource } from './headers.js';
import { functionOf } from './integration.js';
import { definitionOf } from './openapi.js';
import { withOptions } from './options-answer.js';
import type { Resource, Template } from './resources.js';
import { bodyOf } from './rest-api.js';
import { refersTo } from './rest-resources.js';
import { type Scope, withOwnGaps } from './scope.js';
import { SIGV4_HEADERS } from './security.js';
import { type Look, scalarOf } from './settle.js';

/** An `AWS::ApiGatewayV2::Api`, with the routes that are resources of their own; `undefined` for WebSocket APIs. */
export function httpApi(resource: Resource, routes: readonly RouteDraft[], template: Template): Api | undefined {
  const scope = withOwnGaps(template.scope);
  const { properties } = resource;
  const protocol = plainText(field(properties, 'ProtocolType', scope));
  if (protocol !== undefined && protocol !== 'HTTP') return undefined;
  const body = bodyOf(properties, ['Body', 'BodyS3Location'], scope);
  const definition = body.look === undefined ? undefined : definitionOf(body.look, scope);
  const pair = fieldPair(properties, 'CorsConfiguration', scope);
  const written =
    pair === undefined || pair.value.kind === 'absent' ? undefined : corsSettingOf(pair, 'http', 'resource', scope);
  const cors = written ?? definition?.cors;
  const complete =
    (definition?.complete ?? body.place === undefined) && scope.gaps.length === 0 && template.scope.gaps.length === 0;
  const facts = { kind: 'http', complete, external: false, ...(cors !== undefined && { cors }) } as const;
  const all = [...(definition?.routes ?? []), ...routes, ...quickCreated(resource, scope)];
  const authorizers = [...httpAuthorizers(template).values()].filter(({ api }) => api === resource.id);
  return {
    ...facts,
    ...attachedTo(resource.id, template),
    origin: 'cloudformation',
    id: resource.id,
    key: resource.key,
    place: resource.place,
    ...(resource.condition !== undefined && { condition: resource.condition }),
    fragment: false,
    definition:
      body.place !== undefined ? (definition === undefined ? 'uri' : 'body') : all.length > 0 ? 'methods' : 'none',
    ...(body.place !== undefined && { definitionPlace: body.place }),
    gaps: scope.gaps,
    routes: withOptions(all, facts),
    gatewayResponses: [],
    binaryMediaTypes: [],
    authorizers: [...(definition?.authorizers ?? []), ...authorizers.map(({ authorizer }) => authorizer)],
    private: no(resource.key),
    ignores: resource.ignores,
  };
}

/** `Target` makes one route: `RouteKey`, or `$default`. */
function quickCreated({ id, properties, key, place, ignores }: Resource, scope: Scope): readonly RouteDraft[] {
  const target = field(properties, 'Target', scope);
  if (target === undefined) return [];
  const routeKey = plainText(field(properties, 'RouteKey', scope)) ?? '$default';
  const [method, path] = splitKey(routeKey);
  const lambda = 'node' in target ? functionOf(target.node, scope) : undefined;
  const integration = proxy(lambda === undefined ? 'http-proxy' : 'lambda-proxy', key);
  const auth: Auth = { kind: 'none', place: key, from: 'default', headers: [] };
  const made: Method = { ...plainMethod(method, key, place, auth, integration), id, ignores };
  return [
    { path, pathKnown: true, key, place, methods: [lambda === undefined ? made : { ...made, function: lambda }] },
  ];
}

/** The routes that `AWS::ApiGatewayV2::Route` resources make, by the API that they name. */
export function httpRoutes(template: Template): ReadonlyMap<string, readonly RouteDraft[]> {
  const { scope } = template;
  const authorizers = httpAuthorizers(template);
  const apis = new Map<string, Map<string, RouteDraft & { methods: Method[] }>>();
  for (const resource of template.ofType('AWS::ApiGatewayV2::Route')) {
    const api = refersTo(resource.properties, 'ApiId', scope);
    const routeKey = plainText(field(resource.properties, 'RouteKey', scope));
    // `$connect` and plain words are routes of WebSocket APIs.
    if (routeKey !== undefined && routeKey !== '$default' && !routeKey.includes(' ')) continue;
    if (api === undefined || routeKey === undefined) {
      scope.gaps.push({ why: `the API or the key of ${resource.id} is not known`, place: resource.key });
      continue;
    }
    const [method, path] = splitKey(routeKey);
    const routes = apis.get(api) ?? new Map();
    apis.set(api, routes);
    const route = routes.get(path) ?? { path, pathKnown: true, key: resource.key, place: resource.place, methods: [] };
    routes.set(path, route);
    route.methods.push(methodOf(method, resource, authorizers, template));
  }
  return new Map([...apis].map(([api, routes]) => [api, [...routes.values()]]));
}

function splitKey(routeKey: string): readonly [method: string, path: string] {
  const [method = 'ANY', path] = routeKey.trim().split(/\s+/);
  return path === undefined ? ['ANY', method] : [method.toUpperCase(), path];
}

function methodOf(
  method: string,
  resource: Resource,
  authorizers: ReadonlyMap<string, HttpAuthorizer>,
  template: Template,
): Method {
  const { properties, key, place, ignores, condition } = resource;
  const { scope } = template;
  const integration = integrationOf(properties, key, template);
  return {
    ...plainMethod(method, key, place, authOf(properties, key, authorizers, scope), integration.integration),
    id: resource.id,
    ignores,
    ...(integration.function !== undefined && { function: integration.function }),
    ...(condition !== undefined && { condition }),
  };
}

function plainMethod(method: string, key: Place, place: Place, auth: Auth, integration: Integration): Method {
  return {
    method,
    key,
    place,
    made: 'written',
    auth,
    apiKey: { value: no(key), from: 'default' },
    parameters: [],
    consumes: [],
    integration,
    responses: [],
    ignores: [],
  };
}

function authOf(properties: Look, key: Place, authorizers: ReadonlyMap<string, HttpAuthorizer>, scope: Scope): Auth {
  const pair = fieldPair(properties, 'AuthorizationType', scope);
  const base = { place: pair?.keyPlace ?? key, from: pair === undefined ? 'default' : 'method', headers: [] } as const;
  if (pair === undefined || pair.value.kind === 'absent') return { ...base, kind: 'none' };
  const name = refersTo(properties, 'AuthorizerId', scope);
  const known = name === undefined ? undefined : authorizers.get(name)?.authorizer;
  const named = { ...base, ...(name !== undefined && { authorizer: name }), headers: known?.headers ?? [] };
  switch (plainText(pair.value)?.toUpperCase()) {
    case 'NONE':
      return { ...base, kind: 'none' };
    case 'AWS_IAM':
      return { ...base, kind: 'iam', headers: SIGV4_HEADERS };
    case 'JWT':
      return { ...named, kind: 'jwt', headers: known?.headers ?? ['authorization'] };
    case 'CUSTOM':
      return { ...named, kind: 'lambda' };
    default:
      return { ...named, kind: 'unknown' };
  }
}

interface HttpAuthorizer {
  readonly api: string | undefined;
  readonly authorizer: Authorizer;
}

function httpAuthorizers({ ofType, scope }: Template): ReadonlyMap<string, HttpAuthorizer> {
  return new Map(
    ofType('AWS::ApiGatewayV2::Authorizer').map(({ id, key, properties }) => {
      const type = plainText(field(properties, 'AuthorizerType', scope))?.toUpperCase();
      const sources = items(field(properties, 'IdentitySource', scope), scope).items.map(plainText);
      const headers = sources.flatMap((source) => headersInSource(source ?? ''));
      const kind = type === 'JWT' ? 'jwt' : type === 'REQUEST' ? 'lambda' : 'unknown';
      return [id, { api: refersTo(properties, 'ApiId', scope), authorizer: { name: id, kind, key, headers } }];
    }),
  );
}

function proxy(kind: Integration['kind'], key: Place, payload?: Integration['payload']): Integration {
  const nothing = { requestTemplates: [], templatesKnown: true, responses: [], responsesKnown: true };
  return { kind, key, place: key, ...nothing, ...(payload !== undefined && { payload }) };
}

/** `Target: integrations/…` names the integration. */
function integrationOf(
  properties: Look,
  key: Place,
  { resources, scope }: Template,
): { readonly integration: Integration; readonly function?: string } {
  const target = fieldPair(properties, 'Target', scope);
  const { place } = target?.value ?? { place: key };
  const text = place.source.text.slice(place.start, place.end);
  const named = [...text.matchAll(/\w+/g)].map(([name]) => resources.get(name));
  const resource = named.find((each) => each?.type === 'AWS::ApiGatewayV2::Integration');
  if (resource === undefined) return { integration: proxy(target === undefined ? 'none' : 'unknown', key) };
  const type = plainText(field(resource.properties, 'IntegrationType', scope))?.toUpperCase();
  const subtype = field(resource.properties, 'IntegrationSubtype', scope);
  const payload = field(resource.properties, 'PayloadFormatVersion', scope);
  const uri = field(resource.properties, 'IntegrationUri', scope);
  const lambda = uri !== undefined && 'node' in uri ? functionOf(uri.node, scope) : undefined;
  const kind =
    type === 'HTTP_PROXY'
      ? 'http-proxy'
      : type !== 'AWS_PROXY'
        ? 'unknown'
        : subtype === undefined
          ? 'lambda-proxy'
          : 'aws';
  return {
    integration: proxy(kind, resource.key, payload === undefined ? undefined : scalarOf(payload)),
    ...(lambda !== undefined && { function: lambda }),
  };
}
