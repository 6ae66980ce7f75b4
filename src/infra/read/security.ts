import type { Authorizer } from '../api.js';
import type { Auth, Requirement } from '../method.js';
import type { Place } from '../node.js';
import { field, fields, items, no, path, plainText, yes } from './fields.js';
import { headersInSource } from './headers.js';
import type { Scope } from './scope.js';
import type { Look } from './settle.js';

/** What a security scheme of an OpenAPI document comes to in API Gateway. */
export interface Scheme {
  readonly kind: Authorizer['kind'] | 'key' | 'nothing';
  readonly headers: readonly string[];
  readonly key: Place;
}

export type Schemes = ReadonlyMap<string, Scheme>;

/** `components.securitySchemes` or `securityDefinitions`. */
export function schemesOf(root: Look, scope: Scope): Schemes {
  const found = [path(root, scope, 'components', 'securitySchemes'), field(root, 'securityDefinitions', scope)];
  const schemes = found.flatMap((look) => fields(look, scope).entries);
  return new Map(schemes.map(({ key, keyPlace, value }) => [key, schemeOf(value, keyPlace, scope)]));
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
function schemeOf(look: Look, key: Place, scope: Scope): Scheme {
  const schemeType = plainText(field(look, 'type', scope));
  const name = plainText(field(look, 'name', scope))?.toLowerCase() ?? 'authorization';
  const authType = plainText(field(look, 'x-amazon-apigateway-authtype', scope))?.toLowerCase();
  const authorizer = field(look, 'x-amazon-apigateway-authorizer', scope);
  if (authType === 'awssigv4') return { kind: 'iam', headers: SIGV4_HEADERS, key };
  if (authorizer === undefined && authType === undefined) {
    if (schemeType === 'apiKey' && name === 'x-api-key') return { kind: 'key', headers: ['x-api-key'], key };
    return { kind: look.kind === 'unknown' ? 'unknown' : 'nothing', headers: [], key };
  }
  const type = plainText(field(authorizer, 'type', scope));
  const kind = AUTHORIZERS[type?.toLowerCase() ?? ''];
  const source = field(authorizer, 'identitySource', scope);
  const sources = items(source, scope).items.flatMap((each) => plainText(each) ?? []);
  const headers = new Set([plainText(source) ?? '', ...sources].flatMap(headersInSource));
  // The name is the header of one that takes a token; REQUEST and JWT authorizers read what their sources say.
  const isElsewhere = type?.toLowerCase() === 'request' || (kind === 'jwt' && source !== undefined);
  if (headers.size === 0 && !isElsewhere) headers.add(name);
  return { kind: kind ?? 'lambda', headers: [...headers], key };
}

const AUTHORIZERS: Readonly<Record<string, Authorizer['kind']>> = {
  token: 'lambda',
  request: 'lambda',
  cognito_user_pools: 'cognito',
  jwt: 'jwt',
};

/** What AWS's SDKs sign a request with. */
export const SIGV4_HEADERS: readonly string[] = ['authorization', 'x-amz-date', 'x-amz-security-token'];

export interface Security {
  readonly auth: Auth;
  readonly apiKey: Requirement;
}

/** What `security` of an operation, else of the document, asks for. */
export function securityOf(
  operation: Look | undefined,
  root: Look | undefined,
  schemes: Schemes,
  place: Place,
  scope: Scope,
): Security {
  const own = field(operation, 'security', scope);
  const given = own ?? field(root, 'security', scope);
  const from = own === undefined ? 'default' : 'method';
  const at = given?.place ?? place;
  const nothing: Security = {
    auth: { kind: 'none', place: at, from, headers: [] },
    apiKey: { value: no(at), from },
  };
  const override = plainText(path(operation, scope, 'x-amazon-apigateway-auth', 'type'))?.toUpperCase();
  if (override === 'AWS_IAM') {
    return { ...nothing, auth: { kind: 'iam', place: at, from: 'method', headers: SIGV4_HEADERS } };
  }
  if (given === undefined || override === 'NONE') return nothing;
  if (given.kind === 'unknown') return { ...nothing, auth: { kind: 'unknown', place: at, from, headers: [] } };
  let { auth, apiKey } = nothing;
  for (const requirement of items(given, scope).items) {
    for (const { key, keyPlace } of fields(requirement, scope).entries) {
      const scheme = schemes.get(key);
      const named = { authorizer: key, place: keyPlace, from } as const;
      if (key === 'NONE' && scheme === undefined) {
        // SAM's word for no default authorizer.
        if (auth.kind === 'none') auth = { ...named, kind: 'none', headers: [] };
      } else if (scheme === undefined || scheme.kind === 'unknown') {
        // Another file may say what it is.
        if (auth.kind === 'none') auth = { ...named, kind: 'unknown', headers: [] };
      } else if (scheme.kind === 'key') apiKey = { value: yes(keyPlace), from };
      else if (scheme.kind !== 'nothing' && (auth.kind === 'none' || auth.kind === 'unknown')) {
        auth = { ...named, kind: scheme.kind, headers: scheme.headers };
      }
    }
  }
  return { auth, apiKey };
}

export function authorizersOf(schemes: Schemes): readonly Authorizer[] {
  return [...schemes].flatMap(([name, { kind, headers, key }]) =>
    kind === 'key' || kind === 'nothing' ? [] : [{ name, kind, headers, key }],
  );
}
