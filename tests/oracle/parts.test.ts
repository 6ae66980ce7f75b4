// The parts of the oracle that need no browser.
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createMarkedConsole } from './browsers/marked-console.js';
import type { Case, WrittenHop } from './case.js';
import { differences, type Fate } from './outcome.js';
import { startSocks } from './socks.js';
import { suitedTo } from './suited.js';

test('lines of a console belong to the case whose URL they name, or else to the last mark', async () => {
  const log = createMarkedConsole({ settle: 0 });
  for (const line of [
    'oracle:b1',
    'Origin null is not allowed',
    'oracle:b2',
    'late: http://raw.site.test/b1/0.',
    'x',
    'oracle:end',
  ]) {
    log.add(line);
  }
  await log.reached('end');
  expect(log.of('b1')).toEqual(['Origin null is not allowed', 'late: http://raw.site.test/b1/0.']);
  expect(log.of('b2')).toEqual(['x']);
  log.forget('b2');
  expect(log.of('b2')).toEqual([]);
});

test('the SOCKS proxy connects to the port of a host, and changes no byte', async () => {
  const echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => echo.once('listening', resolve));
  const asked: unknown[] = [];
  const proxy = await startSocks((host, port) => {
    asked.push([host, port]);
    return (echo.address() as AddressInfo).port;
  });
  const host = Buffer.from('raw.site.test');
  const bytes = Buffer.from([0, 255, 13, 10, 128]);
  const socket = connect(proxy.port, '127.0.0.1');
  socket.write(Uint8Array.of(5, 1, 0));
  const replies: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => replies.push(chunk));
  async function until(length: number): Promise<Buffer> {
    while (Buffer.concat(replies).length < length) await new Promise((resolve) => setTimeout(resolve, 5));
    return Buffer.concat(replies);
  }
  await until(2);
  socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, host.length]), host, Buffer.from([0, 80])]));
  await until(12);
  socket.write(bytes);
  expect((await until(12 + bytes.length)).subarray(12)).toEqual(bytes);
  expect(asked).toEqual([['raw.site.test', 80]]);
  socket.destroy();
  await proxy.close();
  echo.close();
});

function redirectTo(...locations: readonly string[]): WrittenHop {
  const lines = locations.map((value) => ['Location', value] as const);
  const preflight = { status: 204, lines: [], chunks: [''] };
  return { front: 'raw', preflight, answer: { status: 302, lines, chunks: [''] } };
}

test('cases keep what a browser is asked about, and lose what is its network library’s', () => {
  const hops = [redirectTo('', '{1}', '{0}'), redirectTo()];
  const asked: Case = { page: 'http://app.site.test', steps: [{ method: 'DELETE', fragment: '' }], hops };
  expect(suitedTo('chromium', asked)).toBe(asked);
  expect(suitedTo('firefox', asked)).toEqual({ ...asked, hops: [redirectTo('{1}', '{0}'), redirectTo()] });
  expect(suitedTo('webkit', asked)).toEqual({
    ...asked,
    steps: [{ method: 'PUT' }],
    hops: [redirectTo('{1}'), redirectTo()],
  });
});

test('for a sandboxed frame in WebKit no redirect comes back to the site that it has left', () => {
  const [near, far] = [redirectTo(), { ...redirectTo(), far: true }];
  const home: WrittenHop = { ...near, front: 'home' };
  const asked: Case = { page: 'null', steps: [], hops: [near, far, near, home] };
  expect(suitedTo('webkit', asked).hops).toEqual([near, far, far, far]);
  expect(suitedTo('webkit', { ...asked, page: 'http://app.site.test' }).hops).toEqual(asked.hops);
  expect(suitedTo('webkit', { ...asked, hops: [near, home] }).hops).toEqual([near, home]);
});

test('a difference in each of the things that are compared is found', () => {
  const allowed = { kind: 'allowed', status: 200, type: 'cors', url: 'x', redirected: false, body: '' } as const;
  const fate: Fate = { steps: [{ ...allowed, headers: { a: '1' } }], console: ['said'], trace: ['GET'] };
  expect(differences(fate, fate, 'firefox')).toEqual([]);
  const others: readonly Fate[] = [
    { ...fate, steps: [{ kind: 'refused' }] },
    { ...fate, steps: [{ ...allowed, headers: { a: '2' } }] },
    { ...fate, console: [] },
    { ...fate, console: ['said', 'more'] },
    { ...fate, trace: ['OPTIONS', 'GET'] },
  ];
  for (const other of others) expect(differences(fate, other, 'firefox')).not.toEqual([]);
});
