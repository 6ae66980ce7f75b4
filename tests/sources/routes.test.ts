// Which route a request takes and what the event says of it, and which routes there cannot be.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type InProcessOptions, inProcess } from '../../src/browser.js';
import { createGateway, type GatewayFault, type GatewaySource, httpTransport } from '../../src/gateway.js';

// biome-ignore lint/suspicious/noExplicitAny: events as handlers see them.
type Any = any;

interface Asked {
  readonly event: Any;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly fault: GatewayFault | undefined;
}

async function ask(
  options: InProcessOptions,
  method: string,
  path: string,
  headers: readonly [string, string][] = [],
): Promise<Asked> {
  let event: Any;
  let fault: GatewayFault | undefined;
  const transport = inProcess(
    async (given) => {
      event = given;
      return { statusCode: 200, body: 'called' };
    },
    { ...options, onError: (told) => (fault = told) },
  );
  const url = `https://api.example.com${path}`;
  const { status, body, headers: lines } = await transport({ method, url, headers });
  return {
    event,
    status,
    body,
    fault,
    headers: Object.fromEntries(lines.map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** How the event of a source names its route. */
const NAMED: Readonly<Record<'rest' | 'http' | 'http-1.0', (event: Any) => unknown>> = {
  rest: (event) => event.resource,
  http: (event) => event.routeKey,
  'http-1.0': (event) => event.resource,
};

// The example of AWS: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
const PETS = ['$default', 'ANY /{proxy+}', 'GET /pets/{proxy+}', 'GET /pets/dog/{id}', 'GET /pets/dog/1'];

/** Routes, not sorted, a request, the route that it takes, and the parameters. */
const TAKEN: readonly (readonly [
  source: 'rest' | 'http' | 'http-1.0',
  routes: readonly string[],
  request: string,
  route: string,
  parameters?: Readonly<Record<string, string>>,
])[] = [
  ['http', PETS, 'GET /pets/dog/1', 'GET /pets/dog/1'],
  ['http', PETS, 'GET /pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
  ['http', PETS, 'GET /pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
  ['http', PETS, 'POST /test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
  ['http', PETS, 'GET /', '$default'],
  ['http', ['GET /a/{proxy+}', 'GET /{x}/b'], 'GET /a/b', 'GET /{x}/b', { x: 'a' }],
  ['http', ['GET /a/{proxy+}', 'ANY /a/{x}'], 'GET /a/b', 'ANY /a/{x}', { x: 'b' }],
  ['http', ['ANY /a', 'GET /a'], 'GET /a', 'GET /a'],
  ['http', ['ANY /a', 'GET /a'], 'POST /a', 'ANY /a'],
  // Seen on AWS: the path is decoded before it is divided. What is encoded twice stays in one piece.
  ['http', ['GET /{id}', 'GET /{p+}'], 'GET /a%2Fb', 'GET /{p+}', { p: 'a/b' }],
  ['http', ['GET /{id}', 'GET /{id}/parts'], 'GET /a%2Fparts', 'GET /{id}/parts', { id: 'a' }],
  ['http', ['GET /{id}', 'GET /{p+}'], 'GET /a%252Fb', 'GET /{id}', { id: 'a%2Fb' }],
  ['http', ['GET /{id}'], 'GET /a%3Fb%2Fc', 'GET /{id}', { id: 'a' }],
  ['http', ['GET /{id}'], 'GET /a%20b+c', 'GET /{id}', { id: 'a b+c' }],
  ['http', ['GET /{id}'], 'GET /%C3%A9', 'GET /{id}', { id: 'é' }],
  ['http', ['GET /{id}'], 'GET /%zz', 'GET /{id}', { id: '%zz' }],
  ['http', ['GET /{id}'], 'GET /%7Bid%7D', 'GET /{id}', { id: '{id}' }],
  ['http', ['GET /{p+}'], 'GET /a%2Fb/c//d', 'GET /{p+}', { p: 'a/b/c//d' }],
  ['http', ['$default'], 'GET /x', '$default'],
  ['http', ['GET /{__proto__}'], 'GET /a', 'GET /{__proto__}', JSON.parse('{"__proto__":"a"}')],
  [
    'http',
    ['GET /{constructor}/{toString+}'],
    'GET /a/b',
    'GET /{constructor}/{toString+}',
    { constructor: 'a', toString: 'b' } as never,
  ],
  ['http-1.0', ['GET /notes/{id}', 'GET /{p+}'], 'GET /notes/a%2Fb', '/{p+}', { p: 'notes/a/b' }],
  ['http-1.0', ['GET /notes/{id}'], 'GET /notes/a%20b', '/notes/{id}', { id: 'a b' }],
  ['http-1.0', ['$default'], 'DELETE /notes', '$default'],
  ['rest', ['GET /{p+}', 'GET /part1', 'GET /part1/hardcoded'], 'GET /part1', '/part1'],
  ['rest', ['GET /{p+}', 'GET /part1', 'GET /part1/hardcoded'], 'GET /part1/hardcoded', '/part1/hardcoded'],
  // Recorded: a method that the more specific resource does not have goes to the other one.
  ['rest', ['GET /{p+}', 'GET /part1', 'GET /part1/hardcoded'], 'GET /part1/random', '/{p+}', { p: 'part1/random' }],
  ['rest', ['POST /test', 'ANY /test/any', 'OPTIONS /{proxy+}'], 'OPTIONS /test', '/{proxy+}', { proxy: 'test' }],
  ['rest', ['POST /test', 'ANY /test/any', 'OPTIONS /{proxy+}'], 'OPTIONS /test/any', '/test/any'],
  ['rest', ['GET /a/{proxy+}', 'GET /{x}/b'], 'GET /a/b', '/a/{proxy+}', { proxy: 'b' }],
  // Recorded: the client's encoding stays, and slashes at either end do not count.
  [
    'rest',
    ['GET /{proxy+}'],
    'GET /api/test%2Balias@gmail.com/test+a',
    '/{proxy+}',
    { proxy: 'api/test%2Balias@gmail.com/test+a' },
  ],
  ['rest', ['GET /{proxy+}'], 'GET /proxy-value//double-slash', '/{proxy+}', { proxy: 'proxy-value//double-slash' }],
  ['rest', ['GET /{proxy+}'], 'GET /proxy-value/', '/{proxy+}', { proxy: 'proxy-value' }],
  ['rest', ['GET /hardcoded'], 'GET //hardcoded', '/hardcoded'],
  ['rest', ['GET /notes/{id}'], 'GET /notes/a%2Fb', '/notes/{id}', { id: 'a%2Fb' }],
  ['rest', ['GET /notes/{id}'], 'GET /notes/1/', '/notes/{id}', { id: '1' }],
  ['rest', ['GET /'], 'GET //', '/'],
];

describe('a request takes the most specific route', () => {
  test.each(TAKEN.map(([source, ...rest]) => [source, rest[0], rest[1], rest[2], rest[3]] as const))(
    '%s %j: %s takes %s',
    async (source, routes, request, route, parameters) => {
      const [method = '', path = ''] = request.split(' ');
      const { event, status } = await ask({ source, routes }, method, path);
      expect(status).toBe(200);
      expect(NAMED[source](event)).toBe(route);
      const absent = source === 'http' ? undefined : null;
      expect(JSON.stringify(event.pathParameters ?? absent)).toBe(JSON.stringify(parameters ?? absent));
    },
  );

  test.each(['rest', 'http'] as const)(
    '%s: and the order in which the routes are named does not matter',
    async (source) => {
      const routes = [
        ...PETS.slice(1),
        'GET /b/{x}',
        'GET /a',
        'GET /b/c',
        'ANY /b/{x}/{y}',
        'ANY /b/c',
        'PUT /b/{x}/d',
      ];
      const expected = await takenBy(source, routes);
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(routes, { minLength: routes.length }), async (given) => {
          expect(await takenBy(source, given)).toEqual(expected);
        }),
      );
    },
  );

  test('whatever stands between two that are compared', async () => {
    const routes = ['GET /b/{x}', 'GET /a', 'GET /b/c'];
    expect(await takenBy('http', routes)).toContain('GET /b/c takes GET /b/c');
  });
});

const REQUESTS = ['/pets/dog/1', '/pets/dog/2', '/pets/cat/1', '/b/c', '/b/d', '/b/c/d', '/a', '/', '/b'].flatMap(
  (path) => ['GET', 'PUT'].map((method) => `${method} ${path}`),
);

/** What each request takes. */
async function takenBy(source: 'rest' | 'http', routes: readonly string[]): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const request of REQUESTS) {
    const [method = '', path = ''] = request.split(' ');
    const { event, status } = await ask({ source, routes }, method, path);
    taken.push(`${request} takes ${event === undefined ? status : NAMED[source](event)}`);
  }
  return taken;
}

describe('the event names its route', () => {
  test('rest', async () => {
    const { event } = await ask({ routes: ['ANY /notes/{id}'] }, 'PUT', '/notes/1');
    expect(event).toMatchObject({ resource: '/notes/{id}', requestContext: { resourcePath: '/notes/{id}' } });
  });

  test('http', async () => {
    const { event } = await ask({ source: 'http', routes: ['ANY /notes/{id}'] }, 'PUT', '/notes/1');
    expect(event).toMatchObject({ routeKey: 'ANY /notes/{id}', requestContext: { routeKey: 'ANY /notes/{id}' } });
    expect(event).toMatchObject({ rawPath: '/notes/1' });
  });

  test('http-1.0, as APIs have sent it', async () => {
    const { event } = await ask({ source: 'http-1.0', routes: ['GET /notes/{id}'] }, 'GET', '/notes/1');
    const requestContext = { resourceId: 'GET /notes/{id}', resourcePath: '/notes/{id}' };
    expect(event).toMatchObject({ resource: '/notes/{id}', requestContext });
  });
});

/** Routes, and a request for which there is none. */
const LOST: readonly (readonly [routes: readonly string[], request: string, says: string])[] = [
  [['GET /notes'], 'GET /note', 'no route has the path "/note"; there is GET /notes'],
  [['GET /notes/{id}'], 'OPTIONS /notes/1', 'there is GET /notes/{id}, but not OPTIONS /notes/{id}'],
  [['GET /notes'], 'HEAD /notes', 'no route has the method HEAD for the path "/notes"'],
  [['GET /notes/{id}'], 'GET /notes/', 'no route has the path'],
  [['GET /notes/{id}'], 'GET /notes/1/2', 'no route has the path'],
  [['GET /{proxy+}'], 'GET /', 'no route has the path "/"'],
  [['ANY /notes'], 'PROPFIND /notes', 'no route has the method PROPFIND'],
  [['GET /a', 'GET /b', 'GET /c', 'GET /d', 'GET /e', 'GET /f'], 'GET /x', 'GET /e and 1 more'],
];

describe('a request without a route gets what the gateway answers', () => {
  test.each(LOST)('rest %j: %s', async (routes, request, says) => {
    const [method = '', path = ''] = request.split(' ');
    const { event, status, body, headers, fault } = await ask({ routes }, method, path);
    expect([event, status]).toEqual([undefined, 403]);
    if (method !== 'HEAD') expect(body).toBe('{"message":"Missing Authentication Token"}');
    expect(headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException');
    expect(fault).toMatchObject({ kind: 'no such route', message: expect.stringContaining(says) });
  });

  test.each(LOST)('http %j: %s', async (routes, request, says) => {
    const [method = '', path = ''] = request.split(' ');
    const { event, status, body, fault } = await ask({ source: 'http', routes }, method, path);
    expect([event, status]).toEqual([undefined, 404]);
    if (method !== 'HEAD') expect(body).toBe('{"message":"Not Found"}');
    expect(fault?.message).toContain(says);
  });

  test('of an HTTP API, in whose paths a slash at the end counts', async () => {
    expect(await ask({ source: 'http', routes: ['GET /notes'] }, 'GET', '/notes/')).toMatchObject({ status: 404 });
  });

  test("with the headers of a REST API's gateway responses", async () => {
    const gatewayResponses = { DEFAULT_4XX: { 'Access-Control-Allow-Origin': '*' } };
    const { headers } = await ask({ routes: ['GET /notes'], gatewayResponses }, 'OPTIONS', '/notes');
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  test("unless it is a preflight that an HTTP API's own CORS answers", async () => {
    const cors = { allowOrigins: ['https://a.example'] };
    const preflight: [string, string][] = [
      ['origin', 'https://a.example'],
      ['access-control-request-method', 'PUT'],
    ];
    const { status } = await ask({ source: 'http', routes: ['PUT /notes'], cors }, 'OPTIONS', '/notes', preflight);
    expect(status).toBe(204);
  });

  test('in little time, however many slashes its path has', async () => {
    const started = performance.now();
    await ask({ routes: ['GET /notes'] }, 'GET', `/${'/'.repeat(100_000)}x`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

const FAULTS: readonly (readonly [source: GatewaySource, routes: unknown, says: string])[] = [
  ['rest', 'GET /notes', 'routes: "GET /notes" is not a list; write an array such as ["GET /notes/{id}"]'],
  ['rest', null, 'routes: null is not a list'],
  [
    'rest',
    [],
    'routes: [] is not a way to the handler; write routes such as "GET /notes/{id}", or leave it out for all',
  ],
  ['rest', [1], 'routes[0]: 1 is not a route; write a method, a space and a path, such as "GET /notes/{id}"'],
  ['rest', ['GET'], 'routes[0]: "GET" is not a route; write a method'],
  ['rest', [''], 'routes[0]: "" is not a route; write a method'],
  ['rest', ['/notes'], 'routes[0]: "/notes" is not a route without a method; write "ANY /notes"'],
  ['rest', ['get /notes'], 'routes[0]: "get /notes" is not a route as AWS writes it; write "GET /notes"'],
  ['http', ['GET  /notes '], 'is not a route as AWS writes it; write "GET /notes"'],
  ['rest', ['FETCH /notes'], 'is not a route, because of its method; write ANY or one of GET, HEAD'],
  ['rest', ['GET notes'], 'because its path does not begin with a slash; write "/notes"'],
  ['rest', ['GET /notes/'], 'because its path ends with a slash; write "/notes"'],
  ['rest', ['GET //'], 'because its path ends with a slash; write "/"'],
  ['rest', ['GET /a//b'], 'two slashes in a row'],
  ['rest', ['GET /a?b=1'], 'because its path has a space, a ?, a # or what is not'],
  ['rest', ['GET /a b'], 'because its path has a space'],
  ['rest', ['GET /a\u001b[31m'], 'routes[0]: "GET /a\\u001b[31m" is not a route, because its path has a space, a ?'],
  ['rest', ['GET /é'], 'what is not printable ASCII'],
  ['rest', ['GET /notes/:id'], '":id" is not a segment; write a variable as a whole segment, such as {id}'],
  ['rest', ['GET /notes/*'], '"*" is not a segment'],
  ['rest', ['GET /notes-{id}'], '"notes-{id}" is not a segment'],
  ['rest', ['GET /{}'], '"{}" is not a segment'],
  ['rest', ['GET /{a+}/b'], '{a+} takes the rest of the path; write it last'],
  ['rest', ['GET /{a}/{a}'], 'it has {a} twice'],
  ['rest', ['$default'], 'is not a route of a REST API; write "ANY /{proxy+}", and "ANY /" for the root'],
  [
    'rest',
    ['GET /a', 'GET /a'],
    'routes[1]: "GET /a" is not a new route: "GET /a" takes the same requests; leave one out',
  ],
  ['http', ['$default', '$default'], 'routes[1]: "$default" is not a new route'],
  ['http', ['GET /{a}', 'GET /{b}'], 'routes[1]: "GET /{b}" is not a new route: "GET /{a}" takes'],
  [
    'rest',
    ['GET /{a}', 'PUT /{b}'],
    'is not a route that a REST API can have beside "GET /{a}", because there is one variable',
  ],
  ['rest', ['GET /{a}/x', 'PUT /{b+}'], 'can have beside "GET /{a}/x"'],
  ['rest', ['X /a', 'GET b'], 'routes[1]: "GET b"'],
  ['url', ['GET /a'], 'routes: a function URL has no routes; REST APIs and HTTP APIs have'],
  ['alb', ['GET /a'], 'routes: a load balancer has no routes'],
  ['lattice-v2', ['GET /a'], 'has no routes'],
];

describe('a route that cannot be is refused before any request', () => {
  test.each(FAULTS)('%s %j', (source, routes, says) => {
    const handler = async () => ({ statusCode: 200 });
    expect(() => inProcess(handler, { source, routes } as Any)).toThrow(says);
    expect(() => createGateway({ handler, source, routes } as Any)).toThrow(TypeError);
  });

  test.each([
    ['http', ['GET /{a}', 'PUT /{b}', 'GET /{b}/x', 'ANY /{a}', '$default']],
    ['rest', ['GET /{a}', 'PUT /{a}', 'GET /{a}/{b+}', 'ANY /x', 'ANY /']],
  ] as const)('and others are not: %s %j', (source, routes) => {
    expect(() => inProcess(async () => ({}), { source, routes })).not.toThrow();
  });
});

const segment = fc.constantFrom(
  'a',
  'b',
  '',
  '%2F',
  '%2f..',
  '..',
  '.',
  '{id}',
  '%7Bid%7D',
  '%',
  '%00',
  '__proto__',
  'é',
  ';',
  '+',
);
const path = fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);

test.each(['rest', 'http', 'http-1.0'] as const)(
  'behind %s a request takes the same route with and without a network',
  async (source) => {
    const routes = ['ANY /', 'GET /a', 'ANY /a/{id}', 'PUT /a/{id}/b', 'GET /b/{proxy+}', 'OPTIONS /{x}/{y}/..'].filter(
      (route) => source !== 'rest' || !route.includes('{x}'),
    );
    let event: Any;
    const handler = async (given: Any) => {
      event = given;
      return { statusCode: 200, body: JSON.stringify([NAMED[source](given), given.pathParameters]) };
    };
    const gateway = await createGateway({ handler, source, routes, stage: '$default' }).listen();
    try {
      const [inside, outside] = [inProcess(handler, { source, routes }), httpTransport()];
      await fc.assert(
        fc.asyncProperty(fc.constantFrom('GET', 'HEAD', 'PUT', 'OPTIONS'), path, async (method, given) => {
          const { pathname } = new URL(`https://a.example${given}`);
          const answers = [];
          for (const transport of [inside, outside]) {
            event = undefined;
            const { status, body } = await transport({ method, url: `${gateway.url}${pathname}`, headers: [] });
            answers.push([status, String(body), event?.pathParameters]);
          }
          expect(answers[0]).toEqual(answers[1]);
        }),
        { numRuns: 200 },
      );
    } finally {
      await gateway.close();
    }
  },
);
