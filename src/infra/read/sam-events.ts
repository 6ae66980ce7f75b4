import type { Integration, Method } from '../method.js';
import type { Place } from '../node.js';
import { type Field, field, fieldPair, fields, path, plainText } from './fields.js';
import { requestHeaders, span } from './headers.js';
import type { Resource, Template } from './resources.js';
import { eventSecurity, type SamAuth } from './sam-auth.js';
import { referenceOf, type Scope } from './scope.js';
import { type Look, scalarOf } from './settle.js';

export const IMPLICIT = { rest: 'ServerlessRestApi', http: 'ServerlessHttpApi' } as const;

/** An event of a function or a state machine that an API brings. */
export interface ApiEvent {
  readonly kind: 'rest' | 'http';
  /** Logical id of the API; `undefined` where it is not known. */
  readonly api: string | undefined;
  readonly resource: Resource;
  readonly name: string;
  readonly key: Place;
  readonly place: Place;
  readonly properties: Look;
  /** `undefined` where it is not known. */
  readonly path: string | undefined;
  /** Upper case. */
  readonly method: string | undefined;
}

export function eventsOf(template: Template): readonly ApiEvent[] {
  const { scope } = template;
  return template
    .ofType('AWS::Serverless::Function', 'AWS::Serverless::StateMachine')
    .flatMap((resource) =>
      fields(field(resource.properties, 'Events', scope), scope).entries.flatMap((entry) =>
        eventOf(entry, resource, scope),
      ),
    );
}

function eventOf({ key, keyPlace, value }: Field, resource: Resource, scope: Scope): readonly ApiEvent[] {
  const type = plainText(field(value, 'Type', scope));
  if (type !== 'Api' && type !== 'HttpApi') return [];
  const kind = type === 'Api' ? 'rest' : 'http';
  const properties = field(value, 'Properties', scope) ?? value;
  const target = fieldPair(properties, kind === 'rest' ? 'RestApiId' : 'ApiId', scope);
  // Without path and method, an event of an HTTP API is the default route.
  const [otherPath, otherMethod] = kind === 'http' ? ['$default', 'ANY'] : [undefined, undefined];
  const [givenPath, givenMethod] = [field(properties, 'Path', scope), field(properties, 'Method', scope)];
  return [
    {
      kind,
      api: target === undefined ? IMPLICIT[kind] : referenceOf('node' in target.value ? target.value.node : undefined),
      resource,
      name: key,
      key: keyPlace,
      place: span(keyPlace, value.place),
      properties,
      path: givenPath === undefined ? otherPath : plainText(givenPath),
      method: (givenMethod === undefined ? otherMethod : plainText(givenMethod))?.toUpperCase(),
    },
  ];
}

/** The method that SAM makes of an event. */
export function eventMethod(event: ApiEvent, auth: SamAuth, scope: Scope): Method {
  const { resource, properties, key, place } = event;
  const isFunction = resource.type === 'AWS::Serverless::Function';
  const validator = path(properties, scope, 'RequestModel', 'ValidateParameters');
  const validated = validator ?? path(properties, scope, 'RequestModel', 'ValidateBody');
  return {
    method: event.method === 'X-AMAZON-APIGATEWAY-ANY-METHOD' ? 'ANY' : (event.method ?? 'ANY'),
    id: `${resource.id}.${event.name}`,
    key,
    place,
    made: 'sam-event',
    ...eventSecurity(properties, key, auth, scope),
    parameters: requestParameters(field(properties, 'RequestParameters', scope), scope),
    consumes: field(properties, 'RequestModel', scope) === undefined ? [] : ['application/json'],
    integration: isFunction ? lambdaProxy(key, properties, scope) : stateMachine(key),
    responses: isFunction ? [] : ['200', '400'].map((status) => declared(status, key)),
    ignores: resource.ignores,
    ...(validated !== undefined && plainText(validated) === 'true' && { validator: validated.place }),
    ...(isFunction && { function: resource.id }),
    ...(resource.condition !== undefined && { condition: resource.condition }),
  };
}

/** A list of names, or of one-pair maps with `Required`. */
function requestParameters(look: Look | undefined, scope: Scope): Method['parameters'] {
  if (look?.kind !== 'known' || look.value.kind !== 'list') return requestHeaders(look, scope);
  return look.value.items.flatMap((item) => {
    if (item.kind === 'map') return requestHeaders({ kind: 'known', value: item, place: item.place }, scope);
    const name = item.kind === 'scalar' ? /^method\.request\.header\.(.+)$/.exec(String(item.value))?.[1] : undefined;
    if (name === undefined) return [];
    return [{ name, key: item.place, required: { kind: 'known', value: false, place: item.place } as const }];
  });
}

function lambdaProxy(key: Place, properties: Look, scope: Scope): Integration {
  const payload = field(properties, 'PayloadFormatVersion', scope);
  return {
    kind: 'lambda-proxy',
    key,
    place: key,
    requestTemplates: [],
    templatesKnown: true,
    responses: [],
    responsesKnown: true,
    ...(payload !== undefined && { payload: scalarOf(payload) }),
  };
}

/** SAM maps no header in the two responses that it makes. */
function stateMachine(key: Place): Integration {
  const responses = ['200', '400'].map((status) => ({
    statusCode: { kind: 'known', value: status, place: key } as const,
    selection: { kind: 'known', value: status, place: key } as const,
    key,
    place: key,
    headers: [],
    headersKnown: true,
    templates: [],
  }));
  const templates = { requestTemplates: [], templatesKnown: false };
  return { kind: 'aws', key, place: key, ...templates, responses, responsesKnown: true };
}

function declared(status: string, key: Place): Method['responses'][number] {
  return { status: { kind: 'known', value: status, place: key }, key, place: key, headers: [], headersKnown: true };
}
