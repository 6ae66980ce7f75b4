// `inProcess` is the local gateway without a network: what a browser makes of both is the same, whatever a handler does.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { browse, inProcess, type Page, type PageRequest, type Transport } from '../../src/browser.js';
import { createGateway, GATEWAY_SOURCES, type GatewayHandler, httpTransport } from '../../src/gateway.js';
import { withCors } from '../../src/index.js';

const value = fc.oneof(
  fc.constantFrom('', ' a ', 'https://app.example.com', '*', 'GET, PUT', 'true', 'a\r\nb', '✓', 'é', '5'),
  fc.string({ maxLength: 6 }),
  fc.constantFrom<unknown>(undefined, null, 0, 1.5, true, {}, ['1'], new Date(0)),
);
const name = fc.oneof(
  fc.constantFrom(
    ...['Access-Control-Allow-Origin', 'access-control-allow-origin', 'Access-Control-Allow-Headers', 'Vary', 'ETag'],
    ...[
      'Content-Type',
      'content-length',
      'Date',
      'Connection',
      'Transfer-Encoding',
      'Server',
      'Location',
      'X-A',
      'x-a',
    ],
    ...['Set-Cookie', 'WWW-Authenticate', 'Keep-Alive', 'Trailer', 'X B', ''],
  ),
  fc.string({ maxLength: 4 }),
);
const status = fc.oneof(
  fc.constantFrom<unknown>(200, 201, 204, 205, 304, 302, 404, 500, '201', 101, 199, 600, 'x', null, undefined, 200.5),
  fc.integer({ min: 100, max: 700 }),
);
const result = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        statusCode: status,
        headers: fc.oneof(fc.dictionary(name, value, { maxKeys: 4 }), fc.constantFrom<unknown>(null, [], 'x')),
        multiValueHeaders: fc.dictionary(name, fc.oneof(fc.array(value, { maxLength: 3 }), value), { maxKeys: 3 }),
        cookies: fc.oneof(fc.array(fc.constantFrom('a=1', 'b=2; Path=/'), { maxLength: 2 }), value),
        body: fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 8 }),
          fc.constantFrom<unknown>('AP8=', '=', null, {}, 1),
        ),
        isBase64Encoded: fc.oneof(fc.boolean(), value),
        statusDescription: fc.constantFrom('200 OK', '404 Gone', 'x', 1),
      },
      { requiredKeys: ['statusCode'] },
    ),
  },
  { weight: 1, arbitrary: fc.anything() },
);

/** Ways in which a handler answers, each with what it answers. */
const ways: readonly ((result: unknown) => GatewayHandler)[] = [
  (result) => async () => result,
  (result) => () => Promise.resolve(result),
  (result) => (_event, _context, callback) => void setTimeout(callback, 0, null, result),
  (result) =>
    (...given: readonly [unknown, unknown, (error: unknown, result: unknown) => void]) =>
      given[2](null, result),
  (result) => (_event, context) => context.succeed(result),
  (result) => (_event, context) => void setTimeout(context.done, 0, null, result),
  (error) => (_event, context) => context.fail(error),
  (error) => (_event, _context, callback) => callback(error),
  (error) => () => Promise.reject(error),
  (error) => () => {
    throw error;
  },
  (result) => () => result ?? '',
];

const request: fc.Arbitrary<Omit<PageRequest, 'url'>> = fc.record(
  {
    origin: fc.constantFrom('https://app.example.com', 'https://evil.example', 'null'),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'),
    credentials: fc.constantFrom('omit', 'same-origin', 'include'),
    headers: fc.constantFrom({}, { 'X-A': '1' }, { Accept: 'image/png' }, { 'Content-Type': 'application/json' }),
  },
  { requiredKeys: ['origin'] },
);

/** What a browser makes of it, without what only a connection adds. */
async function seen(asked: Omit<PageRequest, 'url'>, url: string, transport: Transport): Promise<unknown> {
  const { verdict, problem, exchanges } = await browse({ ...asked, url }, transport);
  return {
    verdict: verdict.allowed ? { ...verdict, headers: without(verdict.headers), body: bytes(verdict.body) } : verdict,
    problem,
    responses: exchanges.map(
      ({ response }) => response && { ...response, headers: plain(response.headers), body: bytes(response.body) },
    ),
  };
}

/** A transport on Node.js may bring a Buffer. */
function bytes(body: string | Uint8Array | undefined): string | Uint8Array | undefined {
  return typeof body === 'object' ? new Uint8Array(body) : body;
}

const ADDED: ReadonlySet<string> = new Set([
  ...['date', 'connection', 'keep-alive', 'transfer-encoding'],
  // No two requests have the same.
  ...['x-amzn-requestid', 'x-amz-apigw-id', 'apigw-requestid'],
]);

function without(headers: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => !ADDED.has(key)));
}

function plain(headers: Page['exchanges'][number]['request']['headers']): readonly string[] {
  return headers.filter(([key]) => !ADDED.has(key.toLowerCase())).map((line) => line.join(': '));
}

test.each(GATEWAY_SOURCES)('behind %s a browser sees in process what it sees over HTTP', async (source) => {
  let handler: GatewayHandler = async () => undefined;
  const settings = { source, nodejs: 22, binaryMediaTypes: ['image/*'], timeout: 100 } as const;
  const call: GatewayHandler = (...given) => handler(...given);
  const gateway = await createGateway({ ...settings, handler: call, stage: '$default' }).listen();
  const url = `${gateway.url}/notes?a=1`;
  try {
    await fc.assert(
      fc.asyncProperty(request, result, fc.constantFrom(...ways), fc.boolean(), async (asked, given, way, wrapped) => {
        handler = wrapped ? withCors(way(given), undefined, { logger: SILENT }) : way(given);
        const inside = await seen(asked, url, inProcess(call, settings));
        expect(inside).toEqual(await seen(asked, url, httpTransport()));
      }),
      { numRuns: 150 },
    );
  } finally {
    await gateway.close();
  }
});

const SILENT = { error: () => {}, warn: () => {} };
