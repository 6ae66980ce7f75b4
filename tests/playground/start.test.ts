// `npm start` without a browser: the process, and who may talk to the page's server.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { raw, send } from '../gateway/wire.js';
import { runToEnd, type Started, startPlayground } from './started.js';

describe('the process', () => {
  test('serves page and API on two origins, and ends with status 0 on Ctrl-C', async () => {
    const { pageUrl, apiUrl, interrupt } = await startPlayground();
    expect(pageUrl).not.toBe(apiUrl);
    expect((await fetch(pageUrl)).status).toBe(200);
    expect((await fetch(`${apiUrl}/prod/notes`)).status).toBe(200);
    expect(await interrupt()).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(pageUrl)).rejects.toThrow();
    await expect(fetch(apiUrl)).rejects.toThrow();
  });

  test.each([['--port'], ['--api-port']])('says in one line that the port of %s is in use', async (option) => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const rest = option === '--port' ? '--api-port' : '--port';
    const ended = await runToEnd(option, String(port), rest, '0');
    other.close();
    expect(ended).toEqual({
      code: 2,
      stdout: '',
      stderr: `cannot listen on port ${port} of 127.0.0.1: it is in use; choose others: npm start -- --port 0 --api-port 0\n`,
    });
  });

  test.each([
    [['--port', 'http'], '--port "http" is not a port; write a number from 0 to 65535\n'],
    [['--api-port', '65536'], '--api-port "65536" is not a port; write a number from 0 to 65535\n'],
    [['--prot', '1'], /^Unknown option '--prot'[^\n]*\n$/],
  ])('refuses %j in one line', async (args, stderr) => {
    expect(await runToEnd(...args)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(stderr) });
  });
});

describe('the page’s server', () => {
  let started: Started;
  beforeAll(async () => {
    started = await startPlayground();
  });
  afterAll(() => started.interrupt());

  async function post(headers: Readonly<Record<string, string>>, body: unknown): Promise<Response> {
    return fetch(`${started.pageUrl}/trials`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async function token(): Promise<string> {
    const html = await (await fetch(started.pageUrl)).text();
    return /name="token" content="([^"]+)"/.exec(html)?.[1] as string;
  }

  const ORDER = {
    engine: 'chromium',
    api: { source: 'rest', wrapped: true, ownCors: false, policy: { allowOrigins: 'https://app.example.com' } },
    request: { method: 'GET', path: '/prod/notes', headers: [], credentials: 'omit' },
  };

  test('lets only the page change the API', async () => {
    expect((await post({}, ORDER)).status).toBe(403);
    expect((await post({ 'x-playground-token': 'guessed' }, ORDER)).status).toBe(403);
    expect((await post({ 'x-playground-token': await token() }, ORDER)).status).toBe(200);
    const { headers } = await fetch(`${started.apiUrl}/prod/notes`);
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  });

  test('answers only to its own names, so that another site’s name cannot stand for it', async () => {
    const foreign = await send(started.pageUrl);
    expect(foreign).toMatchObject({ status: 403 });
    expect(foreign.body).not.toContain('token');
  });

  test('leads localhost to the name whose cookies reach the API', async () => {
    const { port } = new URL(started.pageUrl);
    for (const [path, status] of [
      ['/', 307],
      ['/trials', 403],
    ] as const) {
      const head = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`;
      const answer = await raw(started.pageUrl, head);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(/^Location: (.*)\r$/m.exec(answer)?.[1]).toBe(status === 307 ? started.pageUrl : undefined);
    }
  });

  test('keeps the page from loading anything from elsewhere, and other pages from framing it', async () => {
    const policy = (await fetch(started.pageUrl)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`connect-src 'self' ${started.apiUrl}`);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test.each([
    [
      'a faulty policy',
      { ...ORDER, api: { ...ORDER.api, policy: { maxAge: -1 } } },
      /maxAge: -1 is not a valid number/,
    ],
    ['an unknown source', { ...ORDER, api: { ...ORDER.api, source: 'toString' } }, /source is not one of rest, http/],
    [
      'a path on another host',
      { ...ORDER, request: { ...ORDER.request, path: '@example.com/' } },
      /begin with a slash/,
    ],
    ['a method that no page can use', { ...ORDER, request: { ...ORDER.request, method: 'TRACE' } }, /forbidden/],
  ])('refuses %s with a message', async (_what, order, message) => {
    const response = await post({ 'x-playground-token': await token() }, order);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: expect.stringMatching(message) });
  });
});
