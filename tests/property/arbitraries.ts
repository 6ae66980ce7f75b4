import fc from 'fast-check';
import type { CorsPolicy } from '../../src/index.js';
import { type Request, sources } from '../support/sources.js';

export const ALLOWED = ['https://a.example', 'https://b.example', 'https://x.y.example.com', 'http://localhost:5173'];

/** Origins that a policy below may allow, near misses, and rubbish. */
export const origin = fc.oneof(
  fc.constantFrom(...ALLOWED),
  fc.constantFrom(
    'null',
    '',
    'constructor',
    '__proto__',
    'https://[',
    'https://a.example.evil.test',
    'https://evil?.example.com',
    'https://a.example\r\nX-Evil: 1',
    'https://a.example, https://b.example',
  ),
  fc.webUrl(),
  fc.string({ unit: 'binary' }),
);

const staticOrigins = fc.constantFrom<CorsPolicy['allowOrigins']>('*', ['https://a.example']);
const dynamicOrigins = fc.constantFrom<CorsPolicy['allowOrigins']>(
  'https://a.example,https://b.example',
  ['https://a.example', 'https://*.example.com', 'http://localhost:*'],
  (candidate: string) => candidate.endsWith('a.example'),
  async (candidate: string) => candidate.endsWith('b.example'),
);

const lists = {
  allowMethods: fc.constantFrom('*' as const, ['GET', 'POST'], []),
  allowHeaders: fc.constantFrom('*' as const, ['Content-Type', 'X-Api-Key'], []),
  exposeHeaders: fc.constantFrom(['X-Total'], []),
  maxAge: fc.integer({ min: 0, max: 86400 }),
};

function policyOf(allowOrigins: fc.Arbitrary<CorsPolicy['allowOrigins']>): fc.Arbitrary<CorsPolicy> {
  return fc
    .record({ allowOrigins, ...lists, allowCredentials: fc.boolean() })
    .map((policy) => (policy.allowOrigins === '*' ? { ...policy, allowCredentials: false } : policy) as CorsPolicy);
}

export const staticPolicy = policyOf(staticOrigins);
export const dynamicPolicy = policyOf(dynamicOrigins);
export const policy = fc.oneof(staticPolicy, dynamicPolicy);

export const source = fc.constantFrom(...sources);

/** A name in any mixture of cases. */
export function anyCase(name: string): fc.Arbitrary<string> {
  return fc
    .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
    .map((upper) => [...name].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter.toLowerCase())).join(''));
}

export const request: fc.Arbitrary<Request> = fc
  .record({
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'OPTIONS', 'PURGE'),
    origin: fc.option(fc.tuple(anyCase('origin'), origin), { nil: undefined }),
    requestMethod: fc.option(
      fc.tuple(
        anyCase('access-control-request-method'),
        fc.oneof(fc.constantFrom('PUT', 'GET', ''), fc.string({ unit: 'binary' })),
      ),
      { nil: undefined },
    ),
    requestHeaders: fc.option(
      fc.tuple(
        anyCase('access-control-request-headers'),
        fc.oneof(fc.constantFrom('x-a,x-b', ', ,', 'a b', 'x-a\r\nx-evil: 1'), fc.string({ unit: 'binary' })),
      ),
      { nil: undefined },
    ),
  })
  .map(({ method, ...headers }) => ({
    method,
    headers: Object.fromEntries(Object.values(headers).filter((header) => header !== undefined)),
  }));

const corsName = fc
  .constantFrom(
    'access-control-allow-origin',
    'access-control-allow-methods',
    'access-control-allow-headers',
    'access-control-allow-credentials',
    'access-control-expose-headers',
    'access-control-max-age',
    'vary',
  )
  .chain(anyCase);
const headerName = fc.oneof(corsName, fc.constantFrom('Content-Type', 'x-a', 'X-B', '__proto__', 'constructor'));
const headerValue = fc.oneof(fc.constantFrom('*', 'Origin', 'Accept, origin', 'true', ''), fc.string());

/** A result that every source accepts, often with CORS headers of its own, in either map and any casing. */
export const result = fc.record(
  {
    statusCode: fc.integer({ min: 200, max: 599 }),
    headers: fc.oneof(
      fc.constant(null),
      fc.dictionary(headerName, fc.oneof(headerValue, fc.boolean(), fc.integer()), { maxKeys: 6 }),
    ),
    multiValueHeaders: fc.oneof(
      fc.constant(null),
      fc.dictionary(headerName, fc.array(headerValue, { maxLength: 3 }), { maxKeys: 6 }),
    ),
    body: fc.string(),
    isBase64Encoded: fc.boolean(),
  },
  { requiredKeys: ['statusCode'] },
);
