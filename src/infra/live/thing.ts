import type { RawGatewayResponse, RawMethod } from './client.js';

/** The smallest parts of a REST API that are written and compared as a whole. */
export type Thing =
  | {
      readonly kind: 'method' | 'integration';
      readonly resourceId: string;
      readonly path: string;
      readonly method: string;
    }
  | {
      readonly kind: 'method response' | 'integration response';
      readonly resourceId: string;
      readonly path: string;
      readonly method: string;
      readonly status: string;
    }
  | { readonly kind: 'gateway response'; readonly type: string };

export type PartOfMethod = Exclude<Thing, { readonly kind: 'gateway response' }>;

export type Json = string | number | boolean | null | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [key: string]: Json;
}

/** What a thing is set to, as the API says it, without what is so by default. */
export type State = JsonMap;

/** Such as `GET /pets: integration response 200`. */
export function titleOf(thing: Thing): string {
  if (thing.kind === 'gateway response') return `gateway response ${thing.type}`;
  const status = 'status' in thing ? ` ${thing.status}` : '';
  return `${thing.method} ${thing.path}: ${thing.kind}${status}`;
}

/** The state of a part of a method; `undefined` where it is not there. */
export function stateOf(method: RawMethod | undefined, thing: PartOfMethod): State | undefined {
  if (method === undefined) return undefined;
  const { methodIntegration, methodResponses, ...own } = method;
  switch (thing.kind) {
    case 'method':
      return settled(own, thing.resourceId);
    case 'method response':
      return optional(methodResponses?.[thing.status], thing.resourceId);
    case 'integration': {
      if (methodIntegration === undefined) return undefined;
      const { integrationResponses: _, ...rest } = methodIntegration;
      return settled(rest, thing.resourceId);
    }
    case 'integration response':
      return optional(methodIntegration?.integrationResponses?.[thing.status], thing.resourceId);
  }
}

/** The state of a gateway response; `undefined` where nobody has changed what it is by itself. */
export function gatewayStateOf(response: RawGatewayResponse | undefined): State | undefined {
  return response === undefined || response.defaultResponse === true ? undefined : settled(response, '');
}

function optional(raw: object | undefined, resourceId: string): State | undefined {
  return raw === undefined ? undefined : settled(raw, resourceId);
}

/** What a thing has although nobody said so. */
const DEFAULTS: JsonMap = {
  apiKeyRequired: false,
  authorizationType: 'NONE',
  connectionType: 'INTERNET',
  defaultResponse: false,
  passthroughBehavior: 'WHEN_NO_MATCH',
  responseTransferMode: 'BUFFERED',
  timeoutInMillis: 29000,
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const DEFAULT_ERROR = canonical({ 'application/json': '{"message":$context.error.messageString}' });

/** What a thing is set to, without what it has by itself, so that two states can be compared. */
export function settled(raw: object, resourceId: string): State {
  const state: Record<string, Json> = {};
  for (const [key, value] of Object.entries(raw)) {
    if (key === '$metadata' || DEFAULTS[key] === value || isEmpty(value)) continue;
    if (key === 'cacheNamespace' && value === resourceId) continue;
    if (key === 'responseTemplates' && 'responseType' in raw && canonical(value) === DEFAULT_ERROR) continue;
    state[key] = key.endsWith('Templates') ? textsOf(value as JsonMap) : (value as Json);
  }
  // AWS may keep them, without any use.
  if (state.authorizationType === undefined)
    for (const key of ['authorizerId', 'authorizationScopes']) delete state[key];
  return state;
}

/** A template that is set to an empty text comes back as `null`. */
function textsOf(templates: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(templates).map(([type, text]) => [type, text ?? '']));
}

/** What counts as not being there. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

export function isSame(one: State | undefined, other: State | undefined): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
        : each,
    ) ?? 'undefined'
  );
}

export function mapIn(state: State | undefined, key: string): JsonMap {
  const value = state?.[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : {};
}
