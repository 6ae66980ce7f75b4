// Any page that a developer visits can send requests to this machine: none of them ends `npm start`.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { raw } from '../gateway/wire.js';
import { type Started, startPlayground } from './started.js';

let started: Started;
beforeAll(async () => {
  started = await startPlayground();
});
afterAll(() => started.interrupt());

const TARGETS = [
  '//',
  '///',
  '/%',
  '*',
  'http://',
  'http://evil.example/prod',
  '/?trial',
  '/prod//',
  '/prod/notes/%ff',
];
const METHODS = ['GET', 'OPTIONS', 'POST', 'PUT', 'HEAD', 'PROPFIND'];

function requests(host: string): readonly string[] {
  const wellFormed = METHODS.flatMap((method) =>
    TARGETS.map((target) => `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
  );
  const post = `POST / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n`;
  return [
    ...wellFormed,
    '\0\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
    `${post}Content-Length: 100\r\n\r\n{`,
    `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    `${post}Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810.Scan\r\nContent-Length: 2\r\n\r\n[]`,
    `${post}Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: x\r\nContent-Length: 4\r\n\r\nnull`,
  ];
}

test.each(['pageUrl', 'apiUrl', 'tableUrl'] as const)('odd requests to %s end nothing', async (which) => {
  const url = started[which];
  for (const text of requests(new URL(url).host)) await raw(url, text, 300);
  expect((await fetch(started.pageUrl)).status).toBe(200);
  expect((await fetch(started.pageUrl, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${started.apiUrl}/prod/notes`)).status).toBe(200);
});

test.each(['pageUrl', 'apiUrl'] as const)('%s does not answer to the name of another site', async (which) => {
  const { port, pathname } = new URL(started[which]);
  const answer = await raw(
    started[which],
    `GET ${pathname} HTTP/1.1\r\nHost: evil.example:${port}\r\nConnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
});

test('odd orders are refused, and the next is carried out', async () => {
  const html = await (await fetch(started.pageUrl)).text();
  const token = /name="token" content="([^"]+)"/.exec(html)?.[1] as string;
  async function order(body: string): Promise<number> {
    const headers = { 'x-playground-token': token };
    return (await fetch(`${started.pageUrl}/trials`, { method: 'POST', headers, body })).status;
  }
  const api = { source: 'rest', wrapped: true, ownCors: false, policy: {} };
  const request = { method: 'GET', path: '/prod/notes', headers: [], credentials: 'omit' };
  for (const odd of [
    '',
    'null',
    '[]',
    '{',
    '{"api":null}',
    JSON.stringify({ api, engine: 'chromium', request: { ...request, path: 1 } }),
    JSON.stringify({ api, engine: 'chromium', request: { ...request, path: '//evil.example' } }),
    JSON.stringify({ api, engine: 'chromium', request: { ...request, headers: 1 } }),
    JSON.stringify({ api, engine: 'none', request }),
    JSON.stringify({ api: { ...api, policy: null }, engine: 'chromium', request }),
    JSON.stringify({ api: { ...api, source: '__proto__' }, engine: 'chromium', request }),
    `{"api":${'['.repeat(10_000)}`,
    ' '.repeat(2 * 1024 * 1024),
  ]) {
    expect([200, 400], odd.slice(0, 80)).toContain(await order(odd).catch(() => 400));
  }
  expect(await order(JSON.stringify({ api, engine: 'chromium', request }))).toBe(200);
});
