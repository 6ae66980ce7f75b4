import type { Api, Authorizer } from '../api.js';
import type { Auth, Method, Requirement } from '../method.js';
import type { Place } from '../node.js';
import { knownOf, mapValue } from '../value.js';
import { type Field, field, fieldPair, fields, items, no, path, plainText, truth, yes } from './fields.js';
import { headersInSource } from './headers.js';
import { isTrue } from './resources.js';
import type { Scope } from './scope.js';
import { type Scheme, type Schemes, SIGV4_HEADERS } from './security.js';
import { type Look, scalarOf } from './settle.js';

/** `Auth` of an `AWS::Serverless::Api` or `HttpApi`. */
export interface SamAuth {
  readonly kind: 'rest' | 'http';
  readonly schemes: Schemes;
  readonly defaultAuthorizer?: Field;
  readonly apiKeyRequired?: Field;
  /** Whether the two land on the OPTIONS methods, which they do unless they are told not to. */
  readonly authorizerOnOptions: boolean;
  readonly apiKeyOnOptions: boolean;
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html */
export function samAuthOf(properties: Look, kind: 'rest' | 'http', scope: Scope): SamAuth {
  const auth = field(properties, 'Auth', scope);
  const written = fields(field(auth, 'Authorizers', scope), scope).entries;
  const schemes = new Map<string, Scheme>(
    written.map(({ key, keyPlace, value }) => [key, schemeOf(value, keyPlace, kind, scope)]),
  );
  const place = auth?.place ?? properties.place;
  if (!schemes.has('AWS_IAM')) schemes.set('AWS_IAM', { kind: 'iam', headers: SIGV4_HEADERS, key: place });
  const defaultAuthorizer = fieldPair(auth, 'DefaultAuthorizer', scope);
  const apiKeyRequired = fieldPair(auth, 'ApiKeyRequired', scope);
  if (isTrue(apiKeyRequired?.value)) schemes.set('api_key', { kind: 'key', headers: ['x-api-key'], key: place });
  return {
    kind,
    schemes,
    authorizerOnOptions:
      kind === 'rest' && plainText(field(auth, 'AddDefaultAuthorizerToCorsPreflight', scope)) !== 'false',
    apiKeyOnOptions: plainText(field(auth, 'AddApiKeyRequiredToCorsPreflight', scope)) !== 'false',
    ...(defaultAuthorizer !== undefined && { defaultAuthorizer }),
    ...(apiKeyRequired !== undefined && kind === 'rest' && { apiKeyRequired }),
  };
}

function schemeOf(look: Look, key: Place, kind: 'rest' | 'http', scope: Scope): Scheme {
  const identity = field(look, 'Identity', scope);
  const source = plainText(field(look, 'IdentitySource', scope)) ?? '';
  const named = [
    plainText(field(identity, 'Header', scope)),
    ...items(field(identity, 'Headers', scope), scope).items.map(plainText),
  ].flatMap((name) => name?.toLowerCase() ?? []);
  // Globals may name one a second time.
  const headers = [...new Set([...named, ...headersInSource(source)])];
  const has = (name: string) => field(look, name, scope) !== undefined;
  if (has('UserPoolArn')) return { kind: 'cognito', headers: or(headers, ['authorization']), key };
  // A token may come in the query too.
  if (has('JwtConfiguration'))
    return { kind: 'jwt', headers: has('IdentitySource') ? headers : ['authorization'], key };
  if (!has('FunctionArn')) return { kind: 'unknown', headers: [], key };
  // A REQUEST authorizer, which all of HTTP APIs are, may read something else than headers.
  const request = kind === 'http' || plainText(field(look, 'FunctionPayloadType', scope)) === 'REQUEST';
  return { kind: 'lambda', headers: request ? headers : or(headers, ['authorization']), key };
}

function or(headers: readonly string[], otherwise: readonly string[]): readonly string[] {
  return headers.length > 0 ? headers : otherwise;
}

export function samAuthorizers({ schemes, defaultAuthorizer }: SamAuth): readonly Authorizer[] {
  return [...schemes].flatMap(([name, { kind, headers, key }]) => {
    if (kind === 'key' || kind === 'nothing') return [];
    if (name === 'AWS_IAM' && plainText(defaultAuthorizer?.value) !== 'AWS_IAM') return [];
    return [{ name, kind, headers, key }];
  });
}

/** `DefaultAuthorizer` for the model. */
export function defaultAuthorizerOf({ defaultAuthorizer }: SamAuth): Pick<Api, 'defaultAuthorizer'> {
  if (defaultAuthorizer === undefined) return {};
  const { keyPlace, value } = defaultAuthorizer;
  const name = mapValue(scalarOf(value), (known) => ({ ...known, value: String(known.value) }));
  return { defaultAuthorizer: { name, place: keyPlace } };
}

/**
 * A method as SAM leaves it: with the default authorizer and the default API key where it has none of its own. Once it
 * has either, what the document asks for as a whole no longer counts for it.
 */
export function withDefaults(method: Method, auth: SamAuth): Method {
  if (method.integration.kind === 'none') return method;
  const options = method.method === 'OPTIONS';
  const authorizer = options && !auth.authorizerOnOptions ? method.auth : defaulted(method, auth);
  const apiKey = options && !auth.apiKeyOnOptions ? withoutKey(method, auth) : keyed(method, auth);
  const isOwn = method.auth.from === 'method' || method.apiKey.from === 'method';
  if (isOwn || (authorizer === method.auth && apiKey === method.apiKey)) return { ...method, auth: authorizer, apiKey };
  return {
    ...method,
    auth:
      authorizer === method.auth
        ? { kind: 'none', place: apiKey.value.place, from: 'default', headers: [] }
        : authorizer,
    apiKey: apiKey === method.apiKey ? { value: no(authorizer.place), from: 'default' } : apiKey,
  };
}

function defaulted(method: Method, { schemes, defaultAuthorizer, kind }: SamAuth): Auth {
  const { auth } = method;
  if (defaultAuthorizer === undefined) return auth;
  // Its own one stays the first of the list. In a REST API one that nobody defines does not count.
  const counts = auth.kind !== 'none' && (auth.kind !== 'unknown' || kind === 'http');
  if (auth.authorizer === 'NONE' || (counts && auth.from === 'method')) return auth;
  const name = plainText(defaultAuthorizer.value);
  const at = { place: defaultAuthorizer.keyPlace, from: 'default' } as const;
  if (name === undefined) return { ...at, kind: 'unknown', headers: [] };
  return authOf(name, schemes, at);
}

function authOf(name: string, schemes: Schemes, at: Pick<Auth, 'place' | 'from'>): Auth {
  const scheme = schemes.get(name);
  if (scheme === undefined || scheme.kind === 'key' || scheme.kind === 'nothing' || scheme.kind === 'unknown') {
    return { ...at, kind: 'authorizer', authorizer: name, headers: [] };
  }
  return { ...at, kind: scheme.kind, authorizer: name, headers: scheme.headers };
}

function keyed(method: Method, { apiKeyRequired }: SamAuth): Requirement {
  if (apiKeyRequired === undefined) return method.apiKey;
  const written = method.apiKey;
  if (written.from === 'method' && (method.made === 'sam-event' || knownOf(written.value) === true)) return written;
  const value = truth(apiKeyRequired.value, no(apiKeyRequired.keyPlace));
  return knownOf(value) === false ? written : { value, from: 'default' };
}

/** `AddApiKeyRequiredToCorsPreflight: false` takes one away that is written at the method, too. */
function withoutKey({ apiKey, key }: Method, { apiKeyRequired }: SamAuth): Requirement {
  const isTaken = apiKey.from === 'method' && isTrue(apiKeyRequired?.value);
  return isTaken ? { value: no(key), from: 'method' } : apiKey;
}

/** What `Auth` of an event asks for. */
export function eventSecurity(
  properties: Look,
  key: Place,
  { schemes }: SamAuth,
  scope: Scope,
): Pick<Method, 'auth' | 'apiKey'> {
  const authorizer = fieldPair(field(properties, 'Auth', scope), 'Authorizer', scope);
  const apiKey = path(properties, scope, 'Auth', 'ApiKeyRequired');
  const place = authorizer?.keyPlace ?? key;
  return {
    auth: eventAuth(authorizer, place, schemes),
    apiKey:
      apiKey === undefined
        ? { value: no(key), from: 'default' }
        : { value: isTrue(apiKey) ? yes(apiKey.place) : truth(apiKey, no(key)), from: 'method' },
  };
}

function eventAuth(authorizer: Field | undefined, place: Place, schemes: Schemes): Auth {
  if (authorizer === undefined) return { kind: 'none', place, from: 'default', headers: [] };
  const name = plainText(authorizer.value);
  if (name === undefined) return { kind: 'unknown', place, from: 'method', headers: [] };
  if (name === 'NONE') return { kind: 'none', authorizer: 'NONE', place, from: 'method', headers: [] };
  return authOf(name, schemes, { place, from: 'method' });
}
