// What a handler gets of an authorizer, where each source has it.
import { describe, expect, test } from 'vitest';
import { inProcess } from '../../src/browser.js';
import { createGateway, type GatewayAuthorizer, type GatewaySource, httpTransport } from '../../src/gateway.js';

// biome-ignore lint/suspicious/noExplicitAny: events as handlers see them.
type Any = any;

async function contextOf(
  source: GatewaySource,
  authorizer: GatewayAuthorizer | undefined,
  method = 'GET',
): Promise<Any> {
  let event: Any;
  const handler = async (given: Any) => {
    event = given;
    return { statusCode: 200 };
  };
  const transport = inProcess(handler, { source, authorizer });
  await transport({ method, url: 'https://api.example.com/notes', headers: [] });
  return event.requestContext;
}

const CLAIMS = {
  sub: 'me',
  email_verified: true,
  auth_time: 1469814773,
  exp: 1469818373,
  iat: 1469814773,
  'cognito:groups': ['admin', 'poweruser'],
  address: { city: 'Bern' },
  nothing: null,
};

const PASSED: readonly (readonly [source: GatewaySource, authorizer: GatewayAuthorizer, passed: object])[] = [
  [
    'rest',
    { claims: CLAIMS },
    {
      claims: {
        sub: 'me',
        email_verified: 'true',
        auth_time: '1469814773',
        exp: 'Fri Jul 29 18:52:53 UTC 2016',
        iat: 'Fri Jul 29 17:52:53 UTC 2016',
        'cognito:groups': 'admin,poweruser',
        address: '{"city":"Bern"}',
      },
    },
  ],
  ['rest', { claims: { exp: 'soon', iat: 1e20 } }, { claims: { exp: 'soon', iat: '100000000000000000000' } }],
  ['rest', { lambda: { principalId: 'me', level: 3, admin: true } }, { principalId: 'me', level: '3', admin: 'true' }],
  [
    'http',
    { claims: CLAIMS },
    {
      jwt: {
        claims: {
          sub: 'me',
          email_verified: 'true',
          auth_time: '1469814773',
          exp: '1469818373',
          iat: '1469814773',
          'cognito:groups': '[admin poweruser]',
          address: '{"city":"Bern"}',
        },
        scopes: null,
      },
    },
  ],
  ['http', { claims: { sub: 'me' }, scopes: ['read'] }, { jwt: { claims: { sub: 'me' }, scopes: ['read'] } }],
  ['http', { lambda: { user: { id: 1 } } }, { lambda: { user: { id: 1 } } }],
  ['http', { iam: { userId: 'AIDA' } }, { iam: { userId: 'AIDA' } }],
  ['http-1.0', { claims: { sub: 'me' } }, { claims: { sub: 'me' }, scopes: null }],
  ['http-1.0', { lambda: { user: { id: 1 } } }, { user: { id: 1 } }],
  ['url', { iam: { userId: 'AIDA' } }, { iam: { userId: 'AIDA' } }],
];

describe('what an authorizer passes on stands where the source has it', () => {
  test.each(PASSED)('%s %j', async (source, authorizer, passed) => {
    expect((await contextOf(source, authorizer)).authorizer).toEqual(passed);
  });

  test.each(['rest', 'http', 'http-1.0', 'url'] as const)('and nowhere without one: %s', async (source) => {
    expect(await contextOf(source, undefined)).not.toHaveProperty('authorizer');
  });

  test.each(['rest', 'http'] as const)('nor on OPTIONS, which has no authorizer: %s', async (source) => {
    expect(await contextOf(source, { claims: { sub: 'me' } }, 'OPTIONS')).not.toHaveProperty('authorizer');
  });

  test('a function URL knows by it whose request it is', async () => {
    expect((await contextOf('url', undefined)).accountId).toBe('anonymous');
    expect((await contextOf('url', { iam: { userId: 'AIDA' } })).accountId).toMatch(/^\d{12}$/);
  });

  test('a claim may be called __proto__', async () => {
    const { authorizer } = await contextOf('rest', { claims: JSON.parse('{"__proto__":1}') });
    expect(JSON.stringify(authorizer)).toBe('{"claims":{"__proto__":"1"}}');
  });

  test('what a handler does to it does not reach the next request, and neither does a change of the option', async () => {
    const seen: unknown[] = [];
    const claims = { sub: 'me' };
    const handler = async ({ requestContext }: Any) => {
      seen.push(requestContext.authorizer.claims.sub);
      requestContext.authorizer.claims.sub = 'you';
      claims.sub = 'them';
      return { statusCode: 200 };
    };
    const gateway = await createGateway({ handler, source: 'rest', authorizer: { claims } }).listen();
    for (const _ of [1, 2]) await httpTransport()({ method: 'GET', url: `${gateway.url}/notes`, headers: [] });
    await gateway.close();
    expect(seen).toEqual(['me', 'me']);
  });
});

const cycle: Any = {};
cycle.self = cycle;

const FAULTS: readonly (readonly [source: GatewaySource, authorizer: unknown, says: string])[] = [
  ['rest', 'me', 'authorizer: "me" is not an object; write { claims: { sub: "…" } }'],
  ['rest', null, 'authorizer: null is not an object'],
  ['rest', {}, 'authorizer: {} is not one authorizer; write one of claims, lambda and iam'],
  ['rest', { claims: {}, lambda: {} }, 'is not one authorizer'],
  ['rest', { claim: {} }, 'authorizer.claim: {} is not a key of authorizer; write claims, or remove it'],
  ['rest', JSON.parse('{"__proto__":{}}'), 'authorizer.__proto__: {} is not a key of authorizer'],
  ['rest', { claims: 'me' }, 'authorizer.claims: "me" is not an object; write { name: "value" }'],
  ['rest', { claims: ['me'] }, 'authorizer.claims: ["me"] is not an object'],
  ['rest', { iam: {} }, 'authorizer.iam: {} is not what a REST API passes on; write claims or lambda'],
  ['http-1.0', { iam: {} }, 'is not what an HTTP API (payload format 1.0) passes on; write claims or lambda'],
  ['url', { claims: {} }, 'authorizer.claims: {} is not what a function URL passes on; write iam'],
  [
    'rest',
    { claims: {}, scopes: ['a'] },
    'authorizer.scopes: ["a"] is not passed on here; write it beside the claims of an',
  ],
  ['http', { lambda: {}, scopes: ['a'] }, 'authorizer.scopes: ["a"] is not passed on here'],
  ['http', { claims: {}, scopes: 'a b' }, 'authorizer.scopes: "a b" is not a list; write an array of strings'],
  ['http', { claims: {}, scopes: ['a b'] }, 'authorizer.scopes[0]: "a b" is not a scope'],
  [
    'rest',
    { lambda: { user: {} } },
    'authorizer.lambda["user"]: {} is not a value that a REST API passes on; write text, a',
  ],
  ['http', { lambda: { big: 1n } }, 'authorizer.lambda: it cannot be written as JSON'],
  ['http', { claims: cycle }, 'authorizer.claims: it cannot be written as JSON'],
  [
    'http',
    { claims: { sub: 'x'.repeat(11_000) } },
    'authorizer.claims: 11010 bytes are more than a token that an API accepts can hold',
  ],
  ['alb', { claims: {} }, 'authorizer: a load balancer passes nothing on from an authorizer; REST APIs, HTTP APIs and'],
  ['lattice-v2', { claims: {} }, 'passes nothing on'],
];

describe('an authorizer that cannot be is refused before any request', () => {
  test.each(FAULTS)('%s: case %#', (source, authorizer, says) => {
    const handler = async () => ({ statusCode: 200 });
    expect(() => inProcess(handler, { source, authorizer } as Any)).toThrow(says);
    expect(() => createGateway({ handler, source, authorizer } as Any)).toThrow(TypeError);
  });
});
