/** What the functions of the package say to logs and hooks of a user's: nothing in it commands a terminal. */
import { connect } from 'node:net';
import { format } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { browse, inProcess, type PageRequest } from '../src/browser.js';
import { createGateway, type GatewayFault, type GatewayHandler, httpTransport } from '../src/gateway.js';
import { compilePolicy, withCors } from '../src/index.js';
import { enableDocument, generate, lint, readApis } from '../src/infra.js';
import { memoryLogger } from './support/logger.js';
import { sources } from './support/sources.js';
import { HOSTILE, unsafeIn } from './support/unsafe.js';

// biome-ignore lint/suspicious/noExplicitAny: what types would refuse is given on purpose.
type Any = any;

const H = HOSTILE;
const ok: GatewayHandler = async () => ({ statusCode: 200, body: '' });
const page: PageRequest = { origin: 'https://app.example.com', url: 'https://api.example.com/' };
const yaml = (text: string) => [{ path: `a${H}.yaml`, text }];
const template = `Resources: { Api: { Type: AWS::Serverless::Api, Properties: { StageName: "${JSON.stringify(H).slice(1, -1)}", Cors: "'https://a.example/'" } } }`;

const THROWING: Readonly<Record<string, () => unknown>> = {
  'a policy, its origins': () => compilePolicy({ allowOrigins: [`https://${H}`, H] }),
  'a policy, its keys': () => compilePolicy({ [H]: H } as Any),
  'a policy, its names': () => compilePolicy({ allowMethods: [H], allowHeaders: [H], exposeHeaders: [H] }),
  'a policy, its patterns': () =>
    compilePolicy({ allowOrigins: [new RegExp(`^https://${H.replace('[', '')}$`)] as Any }),
  'browse, its origin': () => browse({ ...page, origin: `https://a.example/${H}` }, inProcess(ok)),
  'browse, its URL': () => browse({ ...page, url: H }, inProcess(ok)),
  'browse, its method': () => browse({ ...page, method: H }, inProcess(ok)),
  'browse, its headers': () => browse({ ...page, headers: { [H]: H } }, inProcess(ok)),
  'browse, its values': () => browse({ ...page, headers: { 'X-A': H } }, inProcess(ok)),
  'browse, its credentials': () => browse({ ...page, credentials: H as Any }, inProcess(ok)),
  'browse, its engine': () => browse(page, inProcess(ok), { engine: H as Any }),
  'browse, its options': () => browse(page, inProcess(ok), { [H]: 1 } as Any),
  'createGateway, its source': () => createGateway({ handler: ok, source: H as Any }),
  'createGateway, its options': () => createGateway({ handler: ok, source: 'rest', [H]: 1 } as Any),
  'createGateway, its settings': () =>
    createGateway({ handler: ok, source: 'http', cors: { [H]: 1, allowHeaders: [H] } as Any }),
  'createGateway, its hosts': () => createGateway({ handler: ok, source: 'rest', allowHosts: [`${H} `] }),
  'createGateway, its routes': () => createGateway({ handler: ok, source: 'rest', routes: [`GET /${H}{a`, H] }),
  'createGateway, its responses': () =>
    createGateway({ handler: ok, source: 'rest', gatewayResponses: { [H]: {}, DEFAULT_4XX: { [H]: H } } as Any }),
  'createGateway, its authorizer': () => createGateway({ handler: ok, source: 'rest', authorizer: { [H]: H } as Any }),
  'inProcess, its options': () => inProcess(ok, { [H]: 1 } as Any),
  'httpTransport, its time': () => httpTransport(H as Any),
  'generate, its target': () => generate({ allowOrigins: 'https://a.example' }, H as Any),
  'generate, its methods': () => generate({ allowOrigins: 'https://a.example' }, 'sam', { methods: [H] }),
  'readApis, a file': () => readApis(yaml(`a: *b${H}`)),
  'lint, a file': () => lint(yaml(`"${H}`)),
  'enableDocument, its resources': () => enableDocument(template, undefined, { path: `a${H}.yaml`, resources: [H] }),
  'enableDocument, a file': () => enableDocument(H, undefined, { path: `a${H}.yaml` }),
};

describe('an error about', () => {
  test.each(Object.entries(THROWING))('%s', async (_, act) => {
    const error: unknown = await (async () => act())().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    expect(unsafeIn((error as Error).message, '\n')).toEqual([]);
  });
});

describe('a handler with hostile', () => {
  const HANDLERS: Readonly<Record<string, GatewayHandler>> = {
    error: async () => {
      throw new Error(H);
    },
    'name of an error': async () => {
      throw Object.assign(new Error('x'), { name: H });
    },
    cause: async () => {
      throw new Error('x', { cause: new TypeError(H) });
    },
    'cause that leads in a circle': async () => {
      const error = new Error(H);
      throw Object.assign(error, { cause: error });
    },
    'errors in an error': async () => {
      throw new AggregateError([new Error(H), H]);
    },
    text: async () => {
      throw H;
    },
    object: async () => {
      throw { [H]: H };
    },
    key: async () => ({ statusCode: 200, [H]: 1 }),
    'header name': async () => ({ statusCode: 200, headers: { [H]: 'a' } }),
    'header value': async () => ({ statusCode: 200, headers: { 'X-A': H } }),
    'header of several values': async () => ({ statusCode: 200, multiValueHeaders: { [H]: 'a' } }),
    status: async () => ({ statusCode: H }),
    cookie: async () => ({ statusCode: 200, cookies: [H] }),
  };

  test.each(Object.entries(HANDLERS))('%s: what onError of a gateway is told', async (_, handler) => {
    for (const source of ['rest', 'http', 'url', 'alb', 'lattice-v2'] as const) {
      const told: GatewayFault[] = [];
      await inProcess(handler, { source, onError: (fault) => told.push(fault) })({
        method: 'GET',
        url: page.url,
        headers: [],
      });
      for (const { message } of told) expect(unsafeIn(message)).toEqual([]);
    }
  });

  test.each(Object.entries(HANDLERS))('%s: what withCors logs', async (name, handler) => {
    for (const source of sources) {
      const logger = memoryLogger();
      const event = source.event({ method: 'GET', headers: { Origin: 'https://a.example' } });
      await withCors(handler as Any, {}, { logger })(event as Any, {} as Any);
      expect(logger.lines.flatMap((line) => unsafeIn(line))).toEqual([]);
      // What console prints. In objects it escapes all but marks of direction and the like.
      const printed = format(...logger.details);
      expect(unsafeIn(printed, name === 'object' ? `\n${H}` : '\n')).toEqual([]);
      expect(printed).not.toMatch(/[^\P{Cc}\n]/u);
    }
  });
});

test('what onRefused is told', async () => {
  const onRefused = vi.fn();
  const source = sources[0];
  const headers = { Origin: `https://${H}`, 'Access-Control-Request-Method': H, 'Access-Control-Request-Headers': H };
  const event = source?.event({ method: 'OPTIONS', headers });
  await withCors(ok as Any, { allowOrigins: 'https://a.example' }, { onRefused })(event as Any, {} as Any);
  expect(onRefused).toHaveBeenCalledOnce();
  for (const text of Object.values(onRefused.mock.calls[0]?.[0] ?? {})) expect(unsafeIn(String(text))).toEqual([]);
});

test('what a gateway says of a foreign host, and of its hooks', async () => {
  const messages: string[] = [];
  const gateway = await createGateway({
    handler: ok,
    source: 'rest',
    onError: ({ message }) => void messages.push(message),
    onExchange: () => {
      throw new Error(H);
    },
  }).listen();
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1', () => {
      socket.write(Buffer.from('GET / HTTP/1.1\r\nHost: evil\u009b31m\u00ad\r\n\r\n', 'latin1'));
    });
    socket.once('data', () => socket.destroy());
    socket.once('close', () => resolve());
  });
  await gateway.close();
  expect(messages).toEqual([expect.stringContaining('the host'), expect.stringContaining('onExchange threw')]);
  expect(messages.flatMap((message) => unsafeIn(message))).toEqual([]);
});

/** Not compiled with these tests: it is of another project of the compiler. */
const PLAYGROUND = '../playground/server/main.js';

test('the log of the page', async () => {
  const { startPlayground } = await import(PLAYGROUND);
  const log: string[] = [];
  const files = { html: '', script: '', style: '' };
  const playground = await startPlayground({
    serveNotes: ok,
    files,
    port: 0,
    apiPort: 0,
    log: (line: string) => log.push(line),
  });
  const thrown = [new Error(H), H, undefined, Object.create(null)];
  for (const each of thrown) playground.tellThrown(each);
  await playground.close();
  expect(log.length).toBeGreaterThanOrEqual(thrown.length);
  expect(log.flatMap((line) => unsafeIn(line))).toEqual([]);
});
