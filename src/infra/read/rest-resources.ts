import type { Authorizer } from '../api.js';
import type { Auth, Method, MethodResponse, Requirement } from '../method.js';
import type { Place } from '../node.js';
import type { RouteDraft } from './draft.js';
import { field, fieldPair, items, no, plainText, truth } from './fields.js';
import { declaredHeaders, headersInSource, requestHeaders } from './headers.js';
import { cloudFormationIntegration, functionOf } from './integration.js';
import type { Resource, Template } from './resources.js';
import { referenceOf, type Scope } from './scope.js';
import { SIGV4_HEADERS } from './security.js';
import { type Look, scalarOf } from './settle.js';

/** The logical id, parameter or import that a property refers to. */
export function refersTo(properties: Look, name: string, scope: Scope): string | undefined {
  const look = field(properties, name, scope);
  return look !== undefined && 'node' in look ? referenceOf(look.node) : undefined;
}

interface PathOf {
  readonly path: string;
  readonly known: boolean;
  /** Where the path is named: its resource. */
  readonly key?: Place;
}

const UNKNOWN_PATH: PathOf = { path: '{?}', known: false };

/** Longer than API Gateway's own limit for a path. */
const MAX_PATH = 2048;
const MAX_LEVELS = 100;

/**
 * The path of an `AWS::ApiGateway::Resource`, or of the root.
 *
 * @param known Paths of resources, by logical id. A resource that is its own parent has none.
 */
function pathOf(look: Look | undefined, template: Template, known: Map<string, PathOf>, level = 0): PathOf {
  const node = look !== undefined && 'node' in look ? look.node : undefined;
  const name = referenceOf(node);
  if (name === undefined || node === undefined || level > MAX_LEVELS) return UNKNOWN_PATH;
  const { start, end, source } = node.place;
  if (/RootResourceId/.test(source.text.slice(start, end)) && template.resources.has(name))
    return { path: '/', known: true };
  const resource = template.resources.get(name);
  if (resource?.type !== 'AWS::ApiGateway::Resource') return { path: `{?${name}}`, known: false };
  const before = known.get(name);
  if (before !== undefined) return before;
  known.set(name, UNKNOWN_PATH);
  const parent = pathOf(field(resource.properties, 'ParentId', template.scope), template, known, level + 1);
  const part = plainText(field(resource.properties, 'PathPart', template.scope));
  const path = `${parent.path === '/' ? '' : parent.path}/${part ?? `{?${name}}`}`;
  const found =
    path.length > MAX_PATH ? UNKNOWN_PATH : { path, known: parent.known && part !== undefined, key: resource.key };
  known.set(name, found);
  return found;
}

/** The routes that `AWS::ApiGateway::Method` resources make, by the API that they name. */
export function restMethods(template: Template): ReadonlyMap<string, readonly RouteDraft[]> {
  const authorizers = restAuthorizers(template);
  const apis = new Map<string, Map<string, RouteDraft & { methods: Method[] }>>();
  const paths = new Map<string, PathOf>();
  for (const resource of template.ofType('AWS::ApiGateway::Method')) {
    const api = refersTo(resource.properties, 'RestApiId', template.scope);
    if (api === undefined) {
      template.scope.gaps.push({ why: `it is not known of which API ${resource.id} is`, place: resource.key });
      continue;
    }
    const {
      path,
      known,
      key = resource.key,
    } = pathOf(field(resource.properties, 'ResourceId', template.scope), template, paths);
    const routes = apis.get(api) ?? new Map();
    apis.set(api, routes);
    const route = routes.get(path) ?? { path, pathKnown: known, key, place: resource.place, methods: [] };
    routes.set(path, route);
    route.methods.push(methodOf(resource, authorizers, template));
  }
  return new Map([...apis].map(([api, routes]) => [api, [...routes.values()]]));
}

function methodOf(resource: Resource, authorizers: ReadonlyMap<string, Authorizer>, { scope }: Template): Method {
  const { properties, key } = resource;
  const validator = fieldPair(properties, 'RequestValidatorId', scope);
  const integration = field(properties, 'Integration', scope);
  const uri = field(integration, 'Uri', scope);
  const lambda = uri !== undefined && 'node' in uri ? functionOf(uri.node, scope) : undefined;
  return {
    method: plainText(field(properties, 'HttpMethod', scope))?.toUpperCase() ?? 'ANY',
    id: resource.id,
    key,
    place: resource.place,
    made: 'written',
    auth: authOf(properties, key, authorizers, scope),
    apiKey: apiKeyOf(properties, key, scope),
    parameters: requestHeaders(field(properties, 'RequestParameters', scope), scope),
    consumes: field(properties, 'RequestModels', scope) === undefined ? [] : mediaTypes(properties, scope),
    integration: cloudFormationIntegration(properties, key, scope),
    responses: responsesOf(field(properties, 'MethodResponses', scope), scope),
    ignores: resource.ignores,
    ...(resource.condition !== undefined && { condition: resource.condition }),
    ...(validator !== undefined && validator.value.kind !== 'absent' && { validator: validator.keyPlace }),
    ...(lambda !== undefined && { function: lambda }),
  };
}

function mediaTypes(properties: Look, scope: Scope): readonly string[] {
  const models = field(properties, 'RequestModels', scope);
  return models?.kind === 'known' && models.value.kind === 'map' ? models.value.pairs.map(({ key }) => key) : [];
}

function authOf(properties: Look, key: Place, authorizers: ReadonlyMap<string, Authorizer>, scope: Scope): Auth {
  const pair = fieldPair(properties, 'AuthorizationType', scope);
  const from = pair === undefined ? 'default' : 'method';
  const place = pair?.keyPlace ?? key;
  const nothing: Auth = { kind: 'none', place, from, headers: [] };
  if (pair === undefined || pair.value.kind === 'absent') return nothing;
  const type = plainText(pair.value)?.toUpperCase();
  if (type === 'NONE') return nothing;
  if (type === 'AWS_IAM') return { ...nothing, kind: 'iam', headers: SIGV4_HEADERS };
  const name = refersTo(properties, 'AuthorizerId', scope);
  const authorizer = name === undefined ? undefined : authorizers.get(name);
  const named = name === undefined ? {} : { authorizer: name };
  if (type === 'COGNITO_USER_POOLS') {
    return { ...nothing, ...named, kind: 'cognito', headers: authorizer?.headers ?? ['authorization'] };
  }
  if (type === 'CUSTOM') return { ...nothing, ...named, kind: 'lambda', headers: authorizer?.headers ?? [] };
  return { ...nothing, ...named, kind: 'unknown' };
}

function apiKeyOf(properties: Look, key: Place, scope: Scope): Requirement {
  const pair = fieldPair(properties, 'ApiKeyRequired', scope);
  if (pair === undefined) return { value: no(key), from: 'default' };
  const value = truth(pair.value, no(key));
  return { value: value.kind === 'known' ? { ...value, place: pair.keyPlace } : value, from: 'method' };
}

function responsesOf(look: Look | undefined, scope: Scope): readonly MethodResponse[] {
  return items(look, scope).items.map((item) => {
    const status = fieldPair(item, 'StatusCode', scope);
    return {
      status: status === undefined ? { kind: 'absent', place: item.place } : scalarOf(status.value),
      key: status?.keyPlace ?? item.place,
      place: item.place,
      ...declaredHeaders(field(item, 'ResponseParameters', scope), 'method.response.header.', scope),
    };
  });
}

/** `AWS::ApiGateway::Authorizer` resources by logical id. */
export function restAuthorizers(template: Template): ReadonlyMap<string, Authorizer> {
  const { scope } = template;
  return new Map(
    template.ofType('AWS::ApiGateway::Authorizer').map(({ id, key, properties }) => {
      const type = plainText(field(properties, 'Type', scope))?.toUpperCase();
      const kind = type === undefined ? 'unknown' : type === 'COGNITO_USER_POOLS' ? 'cognito' : 'lambda';
      const headers = headersInSource(plainText(field(properties, 'IdentitySource', scope)) ?? '');
      return [
        id,
        { name: id, kind, key, headers: headers.length > 0 || type === 'REQUEST' ? headers : ['authorization'] },
      ];
    }),
  );
}
