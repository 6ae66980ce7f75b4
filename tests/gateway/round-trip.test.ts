// Whatever a client sends arrives in the event, and whatever the function says arrives at the client.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGateway, GATEWAY_SOURCES, type GatewaySource } from '../../src/gateway.js';
import { HOST, send, values, type WireRequest } from './wire.js';

// biome-ignore lint/suspicious/noExplicitAny: eight shapes, read by name below.
type Event = any;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const unreserved = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~!$&()*+,;=:@é✓ %/?#'), maxLength: 8 });
const path = fc.array(unreserved, { maxLength: 4 }).map((parts) => `/${parts.map(encodeURIComponent).join('/')}`);
const pairs = fc.array(fc.tuple(fc.stringMatching(/^[a-z_]{1,9}$/), unreserved), { maxLength: 5 });
const query = fc.oneof(
  pairs.map((list) => list.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')),
  fc.constantFrom('__proto__=1', 'a', 'a=', '=b', '&&a=1', 'a=%zz', 'a=%E9'),
);
const value = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019 ,;="\t~!') })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const headerName = fc.oneof(fc.stringMatching(/^X-[A-Za-z]{1,6}$/), fc.constantFrom('x-__proto__', 'Origin', 'ETag'));
const headers = fc.uniqueArray(fc.tuple(headerName, fc.array(value, { minLength: 1, maxLength: 3 })), {
  selector: ([name]) => name.toLowerCase(),
  maxLength: 5,
});
const body = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.uint8Array({ maxLength: 40 }));
const type = fc.constantFrom('text/plain', 'application/json', 'image/png', 'application/x-www-form-urlencoded');

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [string, readonly string[]])[];
  readonly type: string;
  readonly body: string | Uint8Array;
}

const sent: fc.Arbitrary<Sent> = fc.record({ method: fc.constantFrom(...METHODS), path, query, headers, type, body });

function toWire({ method, path, query, headers, type, body }: Sent): WireRequest {
  const lines = headers.flatMap(([name, list]) => list.map((value) => [name, value] as const));
  return {
    method,
    path: query === '' ? path : `${path}?${query}`,
    headers: [...lines, ['Content-Type', type]],
    body,
  };
}

function methodOf(event: Event): string {
  return event.httpMethod ?? event.method ?? event.requestContext.http.method;
}

/** Without the stage, which is not in the URL of the tests. */
function pathOf(event: Event): string {
  return (event.raw_path ?? event.rawPath ?? event.path).split('?', 1)[0];
}

/** How a source shows the lines of a header. */
const SHOWN: Readonly<Record<GatewaySource, (event: Event, name: string) => unknown>> = {
  rest: (event, name) => event.multiValueHeaders[name],
  http: (event, name) => event.headers[name.toLowerCase()],
  'http-1.0': (event, name) => event.multiValueHeaders[name.toLowerCase()],
  url: (event, name) => event.headers[name.toLowerCase()],
  alb: (event, name) => event.headers[name.toLowerCase()],
  'alb-multi': (event, name) => event.multiValueHeaders[name.toLowerCase()],
  'lattice-v1': (event, name) => event.headers[name.toLowerCase()],
  'lattice-v2': (event, name) => event.headers[name.toLowerCase()],
};
const HOW: Readonly<Record<GatewaySource, (values: readonly string[]) => unknown>> = {
  rest: (values) => values,
  http: (values) => values.join(','),
  'http-1.0': (values) => values,
  url: (values) => values.join(','),
  alb: (values) => values.at(-1),
  'alb-multi': (values) => values,
  'lattice-v1': (values) => values.join(','),
  'lattice-v2': (values) => values,
};

function bytesOf(event: Event): Buffer {
  return Buffer.from(event.body ?? '', event.isBase64Encoded || event.is_base64_encoded ? 'base64' : 'utf8');
}

/** HTTP APIs show the path decoded, up to the first `?` in it; REST APIs leave one slash of several at its start. */
function pathShown(source: GatewaySource, path: string): string {
  if (source === 'rest') return path.replace(/^\/+/, '/');
  return source === 'http' || source === 'http-1.0' ? (decodeURIComponent(path).split('?', 1)[0] as string) : path;
}

/** Text types keep only what is text; the rest is base64 at HTTP APIs and function URLs. */
function keepsBytes(source: GatewaySource, { type, body }: Sent): boolean {
  if (typeof body === 'string' || source.startsWith('http') || source === 'url') return true;
  return source !== 'rest' && !/^text|json/.test(type);
}

test.each(GATEWAY_SOURCES)('a request arrives whole: %s', async (source) => {
  let event: Event;
  const gateway = createGateway({
    source,
    allowHosts: [HOST],
    stage: '$default',
    handler: async (given: Event) => {
      event = given;
      return { statusCode: 200 };
    },
  });
  const { url } = await gateway.listen();
  try {
    await fc.assert(
      fc.asyncProperty(sent, async (request) => {
        expect((await send(url, toWire(request))).status).toBe(200);
        expect(methodOf(event)).toBe(request.method);
        expect(pathOf(event)).toBe(pathShown(source, request.path));
        for (const [name, list] of request.headers) expect(SHOWN[source](event, name)).toEqual(HOW[source](list));
        if (keepsBytes(source, request)) expect(bytesOf(event)).toEqual(Buffer.from(request.body as string));
        if ('rawQueryString' in event) expect(event.rawQueryString).toBe(request.query);
      }),
      { numRuns: 100 },
    );
  } finally {
    await gateway.close();
  }
});

interface Said {
  readonly status: number;
  readonly headers: readonly (readonly [string, readonly string[]])[];
  readonly body: string | Uint8Array;
}

const said: fc.Arbitrary<Said> = fc.record({
  status: fc.integer({ min: 200, max: 599 }),
  headers,
  body,
});

/** With one line per name, where a source has no more. */
function toResult(source: GatewaySource, { status, headers, body }: Said): object {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('base64');
  const map = takesSeveral(source)
    ? { multiValueHeaders: Object.fromEntries(headers) }
    : { headers: Object.fromEntries(headers.map(([name, [first]]) => [name, first])) };
  return { statusCode: status, ...map, body: text, isBase64Encoded: typeof body !== 'string' };
}

function takesSeveral(source: GatewaySource): boolean {
  return ['rest', 'http-1.0', 'alb-multi'].includes(source);
}

test.each(GATEWAY_SOURCES)('a result arrives whole, in as many lines as the source has: %s', async (source) => {
  let result: object = {};
  const gateway = createGateway({ source, allowHosts: [HOST], binaryMediaTypes: ['*/*'], handler: async () => result });
  const { url } = await gateway.listen();
  try {
    await fc.assert(
      fc.asyncProperty(said, fc.constantFrom('GET', 'HEAD', 'OPTIONS'), async (answer, method) => {
        result = toResult(source, answer);
        const response = await send(url, { method, path: '/notes', headers: [['Accept', 'a/b']] });
        const empty = method === 'HEAD' || [204, 304].includes(answer.status);
        expect(response.status).toBe(answer.status);
        expect(response.bytes).toEqual(empty ? Buffer.alloc(0) : Buffer.from(answer.body as string));
        for (const [name, list] of answer.headers) {
          expect(values(response, name)).toEqual(takesSeveral(source) ? list : [list[0]]);
        }
        const names = new Set(response.lines.map(([name]) => name.toLowerCase()));
        for (const [name] of answer.headers) names.delete(name.toLowerCase());
        names.delete('content-type');
        expect([...names]).toEqual([]);
      }),
      { numRuns: 100 },
    );
  } finally {
    await gateway.close();
  }
});

test.each(GATEWAY_SOURCES)('whatever the result, there is an answer: %s', async (source) => {
  let result: unknown;
  const gateway = createGateway({ source, allowHosts: [HOST], handler: async () => result });
  const { url } = await gateway.listen();
  const anything = fc.oneof(
    fc.anything(),
    fc.record(
      {
        statusCode: fc.anything(),
        headers: fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.anything())),
        multiValueHeaders: fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.array(fc.anything()))),
        body: fc.anything(),
        cookies: fc.anything(),
        isBase64Encoded: fc.anything(),
        statusDescription: fc.string({ unit: 'binary' }),
      },
      { requiredKeys: [] },
    ),
  );
  try {
    await fc.assert(
      fc.asyncProperty(anything, async (given) => {
        result = given;
        expect((await send(url)).status).toBeGreaterThanOrEqual(200);
      }),
      { numRuns: 150 },
    );
  } finally {
    await gateway.close();
  }
});
