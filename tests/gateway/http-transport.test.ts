import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { browse } from '../../src/browser.js';
import { createGateway, httpTransport } from '../../src/gateway.js';
import { withCors } from '../../src/index.js';

const request = { origin: 'https://app.example.com', method: 'PUT' };
const handler = withCors(async () => ({ statusCode: 200, body: 'hello' }));

test('browse asks a gateway over real HTTP, preflight and request', async () => {
  const gateway = await createGateway({ handler, source: 'rest' }).listen();
  const page = await browse({ ...request, url: `${gateway.url}/notes` }, httpTransport());
  await gateway.close();
  expect(page.problem).toBeUndefined();
  expect(page.exchanges.map(({ kind }) => kind)).toEqual(['preflight', 'request']);
});

test('a header that came twice is seen twice', async () => {
  const cors = { allowOrigins: ['*'], allowMethods: ['PUT'] };
  const gateway = await createGateway({ handler, source: 'url', cors }).listen();
  const page = await browse({ ...request, url: gateway.url }, httpTransport());
  await gateway.close();
  expect(page.verdict).toMatchObject({ allowed: false, reason: 'MultipleAllowOriginValues' });
});

test('an answer that comes too late does not count', async () => {
  const never = async () => new Promise(() => {});
  const gateway = await createGateway({ handler: never, source: 'rest' }).listen();
  const page = await browse({ ...request, method: 'GET', url: `${gateway.url}/` }, httpTransport(50));
  await gateway.close();
  expect(page.verdict).toMatchObject({ allowed: false, reason: 'ERR_FAILED' });
});

test.each([
  [
    'a stream of events, which need not end',
    'Text/Event-Stream; charset=utf-8',
    { allowed: true, body: 'data: 1\n\n' },
  ],
  ['what ought to end', 'text/plain', { allowed: false, reason: 'ERR_FAILED' }],
])('of %s, the answer is judged when time is up', async (_, type, verdict) => {
  const head = `HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: ${type}\r\n\r\n`;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write(`${head}data: 1\n\n`));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const page = await browse({ ...request, method: 'GET', url }, httpTransport(100));
  server.close();
  expect(page.verdict).toMatchObject(verdict);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5'])('%j is refused as a time', (milliseconds) => {
  expect(() => httpTransport(milliseconds as number)).toThrow('is not a time; write milliseconds');
});

/** What a server that keeps the connection open says, or that ends it after that. */
test.each([
  [
    'switches protocols',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    false,
    'switched',
  ],
  ['says nothing and ends', '', true, 'socket hang up'],
  ['says only that it goes on and ends', 'HTTP/1.1 100 Continue\r\n\r\n', true, 'socket hang up'],
  ['breaks off in the head', 'HTTP/1.1 200 OK\r\nConte', true, 'socket hang up'],
  ['breaks off in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel', true, 'aborted'],
])('a server that %s has not answered', async (_name, says, ends, message) => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => (ends ? socket.end(says) : socket.write(says)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  const url = `http://127.0.0.1:${port}/`;
  await expect(httpTransport(1000)({ method: 'GET', url, headers: [] })).rejects.toThrow(message);
  const page = await browse({ origin: 'https://app.example.com', url }, httpTransport(1000));
  expect(page.verdict).toMatchObject({ allowed: false, reason: 'ERR_FAILED' });
  server.close();
});
