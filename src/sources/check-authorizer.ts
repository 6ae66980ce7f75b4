import { quote } from '../core/printable.js';
import { remedyFor } from '../core/remedy-for.js';
import { byteLength } from './bytes.js';
import { type Check, fault, listOf } from './check-settings.js';
import type { FrontDoor } from './front-door.js';
import { isObject } from './messages.js';
import type { GatewayAuthorizer } from './settings.js';

type Kind = 'claims' | 'lambda' | 'iam';

const KEYS: Readonly<Record<keyof GatewayAuthorizer, Check>> = {
  claims: claimFaults,
  scopes: listOf((scope) => /^\S+$/.test(scope), 'a scope; write one such as "notes/read"'),
  lambda: objectFaults,
  iam: objectFaults,
};

/** Every fault of what an authorizer is to pass on, a line for each. */
export function authorizerFaults(authorizer: unknown, door: FrontDoor): readonly string[] {
  const path = 'authorizer';
  const example = 'an object; write { claims: { sub: "…" } }';
  if (!isObject(authorizer)) return fault(path, authorizer, example);
  const kinds = door.authorizer?.kinds ?? [];
  const unknown = Object.keys(authorizer).filter((key) => !Object.hasOwn(KEYS, key));
  if (unknown.length > 0) {
    return unknown.flatMap((key) =>
      fault(`${path}.${key}`, authorizer[key], `a key of authorizer; ${remedyFor(key, Object.keys(KEYS))}`),
    );
  }
  const given = (['claims', 'lambda', 'iam'] as const).filter((kind) => authorizer[kind] !== undefined);
  if (given.length !== 1) return fault(path, authorizer, 'one authorizer; write one of claims, lambda and iam');
  const [kind] = given as [Kind];
  if (!kinds.includes(kind)) {
    return fault(`${path}.${kind}`, authorizer[kind], `what ${door.name} passes on; write ${kinds.join(' or ')}`);
  }
  if (authorizer.scopes !== undefined && (kind !== 'claims' || !door.authorizer?.hasScopes)) {
    return fault(`${path}.scopes`, authorizer.scopes, 'passed on here; write it beside the claims of an HTTP API only');
  }
  const faults = Object.entries(authorizer).flatMap(([key, value]) =>
    value === undefined ? [] : KEYS[key as keyof GatewayAuthorizer](`${path}.${key}`, value),
  );
  return faults.length > 0 || kind !== 'lambda' || door.authorizer?.nestedContext
    ? faults
    : flatFaults(`${path}.lambda`, authorizer.lambda as object, door.name);
}

function objectFaults(path: string, value: unknown): readonly string[] {
  if (!isObject(value)) return fault(path, value, 'an object; write { name: "value" }');
  return jsonOf(value) === undefined
    ? [`${path}: it cannot be written as JSON; leave out functions, BigInt and cycles`]
    : [];
}

/** API Gateway takes no more than this in all request headers, so a token cannot have more. */
const MAX_CLAIMS = 10_240;

function claimFaults(path: string, value: unknown): readonly string[] {
  const faults = objectFaults(path, value);
  if (faults.length > 0) return faults;
  const size = byteLength(jsonOf(value) ?? '');
  return size <= MAX_CLAIMS
    ? []
    : [`${path}: ${size} bytes are more than a token that an API accepts can hold; write at most ${MAX_CLAIMS} bytes`];
}

function flatFaults(path: string, context: object, source: string): readonly string[] {
  return Object.entries(context).flatMap(([name, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value)
      ? []
      : fault(`${path}[${quote(name)}]`, value, `a value that ${source} passes on; write text, a number or a boolean`),
  );
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
