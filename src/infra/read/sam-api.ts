import type { Api, CorsSetting, GatewayResponse, Guard } from '../api.js';
import type { Method } from '../method.js';
import type { Place } from '../node.js';
import { corsSettingOf } from './cors-setting.js';
import { type Definition, type RouteDraft, withoutTrailingSlash } from './draft.js';
import { type Field, field, fieldPair, fields, path, plainText } from './fields.js';
import { mappingsOf, span } from './headers.js';
import { binaryTypesOf, definitionOf, privateTypes } from './openapi.js';
import { withOptions } from './options-answer.js';
import { isInGlobals, isTrue, type Resource, type Template } from './resources.js';
import { defaultAuthorizerOf, type SamAuth, samAuthOf, samAuthorizers, withDefaults } from './sam-auth.js';
import { corsMethod } from './sam-cors.js';
import { type ApiEvent, eventMethod } from './sam-events.js';
import { type Scope, withOwnGaps } from './scope.js';
import type { Security } from './security.js';
import { type Look, scalarOf, settle } from './settle.js';

/** What describes an API of SAM: its resource, or, for the implicit one, its Globals and the first event. */
export interface SamSubject {
  readonly kind: 'rest' | 'http';
  readonly id: string;
  readonly key: Place;
  readonly place: Place;
  readonly properties: Look;
  readonly resource?: Resource;
}

/** An `AWS::Serverless::Api` or `HttpApi`, or the one that SAM makes for events that name none. */
export function samApi(
  subject: SamSubject,
  events: readonly ApiEvent[],
  added: readonly RouteDraft[],
  template: Template,
): Api {
  const { kind, properties, resource } = subject;
  const scope = withOwnGaps(template.scope);
  const auth = samAuthOf(properties, kind, scope);
  const body = bodyOf(properties, scope);
  const definition = body.look === undefined ? undefined : definitionOf(body.look, scope, auth.schemes);
  const written = definition?.routes ?? [];
  // Events add nothing to the body of a REST API, unless they are to be merged.
  const merges = isTrue(field(properties, 'MergeDefinitions', scope));
  const adds = body.kind === 'events' || (body.kind === 'body' && (kind === 'http' || merges));
  const all = adds ? withEvents(written, events, auth, scope) : withOverrides(written, events, auth, scope);
  const cors = fieldPair(properties, kind === 'rest' ? 'Cors' : 'CorsConfiguration', scope);
  const { routes, setting } =
    kind === 'rest'
      ? withSamCors(all, cors, body.kind === 'uri' ? 'no' : definition?.security, template, scope)
      : { routes: all, setting: httpCors(cors, definition?.cors, template, scope) };
  const defaulted = routes.map((route) => ({
    ...route,
    methods: route.methods.map((method) => withDefaults(method, auth)),
  }));
  const gaps = scope.gaps.length + template.scope.gaps.length;
  const complete = (definition?.complete ?? body.kind !== 'uri') && gaps === 0;
  const corsOf = setting ?? definition?.cors;
  const binary = field(properties, 'BinaryMediaTypes', scope);
  const facts = { kind, complete, external: false, ...(corsOf !== undefined && { cors: corsOf }) };
  return {
    ...facts,
    origin: resource === undefined ? 'sam-implicit' : 'sam',
    id: subject.id,
    key: subject.key,
    place: subject.place,
    ...(resource?.condition !== undefined && { condition: resource.condition }),
    fragment: false,
    definition: body.kind,
    ...(body.place !== undefined && { definitionPlace: body.place }),
    gaps: scope.gaps,
    routes: withOptions([...defaulted, ...added], facts),
    gatewayResponses: [...samGatewayResponses(properties, scope), ...(definition?.gatewayResponses ?? [])],
    binaryMediaTypes: [...binaryTypesOf(binary, scope), ...(definition?.binaryMediaTypes ?? [])],
    authorizers: [
      ...(definition?.authorizers.filter(({ name }) => !auth.schemes.has(name)) ?? []),
      ...samAuthorizers(auth),
    ],
    ...defaultAuthorizerOf(auth),
    guards: [...guardsOf(properties, scope), ...(definition?.guards ?? [])],
    deployments: [],
    domains: domainsOf(subject, scope),
    routingRules: [],
    private: endpointOf(properties, definition, scope),
    ignores: resource?.ignores ?? [],
  };
}

interface Body {
  readonly kind: 'events' | 'body' | 'uri';
  /** What it says; `undefined` for events, and where it is not at hand. */
  readonly look?: Look;
  readonly place?: Place;
}

function bodyOf(properties: Look, scope: Scope): Body {
  const inline = fieldPair(properties, 'DefinitionBody', scope);
  if (inline !== undefined) {
    if (inline.value.kind === 'unknown') scope.gaps.push({ why: inline.value.why, place: inline.value.place });
    return { kind: 'body', look: inline.value, place: inline.keyPlace };
  }
  const uri = fieldPair(properties, 'DefinitionUri', scope);
  if (uri === undefined) return { kind: 'events' };
  const at = plainText(uri.value);
  const from = 'node' in uri.value ? uri.value.node : undefined;
  const content = at === undefined || from === undefined ? 'DefinitionUri is not a path' : scope.include(at, from);
  if (typeof content !== 'string') return { kind: 'uri', look: settle(content, scope), place: uri.keyPlace };
  scope.gaps.push({ why: content, place: uri.keyPlace });
  return { kind: 'uri', place: uri.keyPlace };
}

function withEvents(
  routes: readonly RouteDraft[],
  events: readonly ApiEvent[],
  auth: SamAuth,
  scope: Scope,
): readonly RouteDraft[] {
  const all = new Map(routes.map((route) => [samePath(route.path), { ...route, methods: [...route.methods] }]));
  for (const event of events) {
    if (event.path === undefined || event.method === undefined) {
      const why = `the path or method of ${event.resource.id}.${event.name} is not known`;
      scope.gaps.push({ why, place: event.key });
      continue;
    }
    const method = eventMethod(event, auth, scope);
    const { path: at, key, place } = event;
    const route = all.get(samePath(at)) ?? { path: at, pathKnown: true, key, place, methods: [] };
    all.set(samePath(at), route);
    const index = route.methods.findIndex((other) => other.method === method.method);
    const same = route.methods[index];
    if (same === undefined) route.methods.push(method);
    else route.methods[index] = brought(same, method);
  }
  return [...all.values()];
}

/** SAM compares paths as they are written, except for the default one. */
function samePath(at: string): string {
  return at === '/$default' ? '$default' : at;
}

/** A body has the method already: the event brings its function and its authorizer, where it has none of its own. */
function brought(same: Method, event: Method): Method {
  const { integration, function: lambda } = same.integration.kind === 'none' ? event : same;
  const has = same.auth.from === 'method' && same.auth.kind !== 'none';
  const auth = event.auth.from === 'method' && !has ? event.auth : same.auth;
  return { ...same, integration, auth, ...(lambda !== undefined && { function: lambda }) };
}

/** `OverrideApiAuth: true` of an event changes who must authenticate at a method of the body. */
function withOverrides(
  routes: readonly RouteDraft[],
  events: readonly ApiEvent[],
  auth: SamAuth,
  scope: Scope,
): readonly RouteDraft[] {
  const overrides = events
    .filter(({ properties }) => isTrue(path(properties, scope, 'Auth', 'OverrideApiAuth')))
    .map((event) => ({ at: samePath(event.path ?? ''), method: eventMethod(event, auth, scope) }));
  if (overrides.length === 0) return routes;
  return routes.map((route) => ({
    ...route,
    methods: route.methods.map((same) => {
      const own = overrides.find(({ at, method }) => at === samePath(route.path) && method.method === same.method);
      if (own === undefined) return same;
      const { auth: authorizer, apiKey } = own.method;
      return {
        ...same,
        auth: authorizer.from === 'method' ? authorizer : same.auth,
        apiKey: apiKey.from === 'method' ? apiKey : same.apiKey,
      };
    }),
  }));
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html */
function withSamCors(
  routes: readonly RouteDraft[],
  cors: Field | undefined,
  security: Security | undefined | 'no',
  template: Template,
  scope: Scope,
): { readonly routes: readonly RouteDraft[]; readonly setting?: CorsSetting } {
  if (cors === undefined || cors.value.kind === 'absent') return { routes };
  const from = isInGlobals(cors.keyPlace, template) ? 'globals' : 'resource';
  const setting = corsSettingOf(cors, 'sam-rest', from, scope);
  if (security === 'no' || setting.form === 'false' || setting.form === 'empty') return { routes, setting };
  const applied: string[] = [];
  // `/a` and `/a/` are one path: what is said of the first is done.
  const seen = new Set<string>();
  const added = routes.map((route) => {
    const path = withoutTrailingSlash(route.path);
    const skipped = seen.has(path) || route.methods.some(({ method }) => method === 'OPTIONS');
    seen.add(path);
    if (skipped) return route;
    applied.push(path);
    return { ...route, methods: [...route.methods, corsMethod(cors, route, security, scope)] };
  });
  return { routes: added, setting: { ...setting, applied } };
}

/** SAM puts `CorsConfiguration` over what the body has; `true` is any origin, `false` is as if it were not there. */
function httpCors(
  cors: Field | undefined,
  body: CorsSetting | undefined,
  template: Template,
  scope: Scope,
): CorsSetting | undefined {
  if (cors === undefined || cors.value.kind === 'absent') return body;
  const from = isInGlobals(cors.keyPlace, template) ? 'globals' : 'resource';
  const setting = corsSettingOf(cors, 'http', from, scope);
  if (body === undefined) return setting;
  return setting.form === 'false' || setting.form === 'empty' ? body : { ...body, ...setting };
}

function samGatewayResponses(properties: Look, scope: Scope): readonly GatewayResponse[] {
  return fields(field(properties, 'GatewayResponses', scope), scope).entries.map(({ key, keyPlace, value }) => {
    const status = field(value, 'StatusCode', scope);
    return {
      type: { kind: 'known', value: key, place: keyPlace },
      key: keyPlace,
      place: span(keyPlace, value.place),
      where: 'sam',
      ...mappingsOf(path(value, scope, 'ResponseParameters', 'Headers'), '', scope),
      ...(status !== undefined && { statusCode: scalarOf(status) }),
    };
  });
}

function guardsOf(properties: Look, scope: Scope): readonly Guard[] {
  const auth = field(properties, 'Auth', scope);
  const [policy, plan] = [fieldPair(auth, 'ResourcePolicy', scope), fieldPair(auth, 'UsagePlan', scope)];
  return [
    ...(policy === undefined ? [] : [{ kind: 'resource policy', place: policy.keyPlace } as const]),
    ...(plan === undefined ? [] : [{ kind: 'usage plan', place: plan.keyPlace } as const]),
  ];
}

function domainsOf({ id, properties }: SamSubject, scope: Scope): Api['domains'] {
  const domain = fieldPair(properties, 'Domain', scope);
  if (domain === undefined) return [];
  const mutualTls = fieldPair(domain.value, 'MutualTlsAuthentication', scope);
  const name = field(domain.value, 'DomainName', scope);
  return [
    {
      id,
      key: domain.keyPlace,
      name: name === undefined ? { kind: 'absent', place: domain.keyPlace } : scalarOf(name),
      ...(mutualTls !== undefined && { mutualTls: mutualTls.keyPlace }),
    },
  ];
}

function endpointOf(properties: Look, definition: Definition | undefined, scope: Scope): Api['private'] {
  const configuration = field(properties, 'EndpointConfiguration', scope);
  if (configuration === undefined) return definition?.private ?? privateTypes(undefined, properties.place, scope);
  return privateTypes(field(configuration, 'Type', scope) ?? configuration, properties.place, scope);
}
