/** A cache in front of a server, as CloudFront is one: it ignores `Vary`, and keeps what was answered to anyone. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HeaderLines } from '../../src/browser.js';
import { httpTransport } from '../../src/gateway.js';

export interface CachingProxy {
  readonly url: string;
  close(): Promise<void>;
}

interface Kept {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly body: string | Uint8Array;
}

/** @param key The request headers in the cache's key, in lower case; method and URL are in it anyway. */
export async function startCachingProxy(target: string, key: readonly string[] = []): Promise<CachingProxy> {
  const kept = new Map<string, Kept>();
  const ask = httpTransport();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const name = JSON.stringify([method, url, ...key.map((header) => headers[header])]);
    const hit = method === 'GET' ? kept.get(name) : undefined;
    const lines = Object.entries(headers).flatMap(([header, value]) =>
      FORWARDED.test(header) ? [[header, String(value)] as const] : [],
    );
    const {
      status,
      headers: given,
      body = '',
    } = hit ?? (await ask({ method, url: `${target}${url}`, headers: lines }));
    kept.set(name, { status, headers: given, body });
    const own = given.filter(([header]) => !/^(connection|keep-alive|transfer-encoding|content-length)$/i.test(header));
    const cache =
      hit === undefined ? ['X-Cache', 'Miss from cloudfront'] : ['X-Cache', 'Hit from cloudfront', 'Age', '7'];
    response.writeHead(status, [...own.flat(), ...cache, 'Via', '1.1 abc.cloudfront.net (CloudFront)']).end(body);
  }

  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const FORWARDED = /^(accept|origin|access-control-request-.*|x-.*)$/;
