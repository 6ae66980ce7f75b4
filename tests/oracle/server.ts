// The servers of all hosts: one that answers as a case's script says, and one gateway for each kind.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway, type Gateway } from '../../src/gateway.js';
import { withCors } from '../../src/index.js';
import { type Case, type LambdaHop, OWN_CORS, type Written, type WrittenHop } from './case.js';
import { fillIn, fillInAll, type Words } from './fill-in.js';
import { COOKIE, GATEWAY_FRONTS, hopUrl, parsePath, schemeOf } from './world.js';

/** A request as a server saw it. */
export interface Seen {
  readonly method: string;
  /** With the path as it was sent. */
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface Servers {
  /** The port at which a host is. */
  portOf(host: string): number;
  /** Makes a case known; until then its URLs answer 404. */
  serve(id: string, testCase: Case): void;
  /** The requests for a case so far. */
  seen(id: string): readonly Seen[];
  forget(id: string): void;
  close(): Promise<void>;
}

interface Known {
  readonly testCase: Case;
  readonly seen: Seen[];
}

export async function startServers(): Promise<Servers> {
  const cases = new Map<string, Known>();
  const raw = createServer((request, response) => void answerRaw(cases, request, response));
  // As in real life, a connection may be used until the end; a new one could be refused.
  raw.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
  const rawPort = (raw.address() as AddressInfo).port;

  const gateways: Gateway[] = [];
  const ports = new Map<string, number>();
  for (const front of GATEWAY_FRONTS) {
    const gateway = createGateway({
      allowHosts: ['*'],
      handler: (event, context) => invoke(cases, event, context),
      ...(front === 'http-own' || front === 'url-own'
        ? { source: front === 'http-own' ? 'http' : 'url', cors: OWN_CORS[front] }
        : { source: front }),
      onExchange: ({ request: { method, url, headers, body } }) =>
        note(cases, { method, url, headers, body: hex(body) }),
    });
    await gateway.listen();
    gateways.push(gateway);
    ports.set(front, Number(new URL(gateway.url).port));
  }
  return {
    portOf: (host) => ports.get(host.replace(/\.(site|far)\.test$/, '')) ?? rawPort,
    serve: (id, testCase) => void cases.set(id, { testCase, seen: [] }),
    seen: (id) => cases.get(id)?.seen ?? [],
    forget: (id) => void cases.delete(id),
    close: async () => void (await Promise.all([stop(raw), ...gateways.map((gateway) => gateway.close())])),
  };
}

function note(cases: ReadonlyMap<string, Known>, { url, ...request }: Seen): void {
  const id = parsePath(url)?.id;
  const host = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const { testCase, seen } = (id === undefined ? undefined : cases.get(id)) ?? {};
  const { page, hops } = testCase ?? {};
  const place = hops?.[parsePath(url)?.hop ?? 0];
  if (page !== undefined && place !== undefined)
    seen?.push({ ...request, url: `${schemeOf(place, page)}//${host}${url}` });
}

async function answerRaw(
  cases: ReadonlyMap<string, Known>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/', rawHeaders } = request;
  const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return;
  }
  note(cases, { method, url, headers, body: hex(Buffer.concat(chunks)) });
  const { id, hop = 0 } = parsePath(url) ?? {};
  const { testCase } = (id === undefined ? undefined : cases.get(id)) ?? {};
  const written = testCase?.hops[hop] as WrittenHop | undefined;
  if (id === undefined || testCase === undefined || written === undefined) return page(request, response);
  const words = wordsOf(testCase, id, Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])));
  await write(isPreflight(method, words) ? written.preflight : written.answer, words, response);
}

async function write({ status, lines, chunks }: Written, words: Words, response: ServerResponse): Promise<void> {
  response.writeHead(
    status,
    lines.flatMap(([name, value]) => [name, fillIn(value, words)]),
  );
  if (chunks.length === 1) return void response.end(chunks[0]);
  for (const chunk of chunks) {
    response.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  response.end();
}

/** The pages from which cases are fetched, and a page with a sandboxed frame. They bring the cookie of their site. */
function page(request: IncomingMessage, response: ServerResponse): void {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const known = ['/.page', '/.frame', '/.empty'].includes(path);
  const ofSite = /\.site\.test(:|$)/.test(request.headers.host ?? '');
  response.writeHead(known ? 200 : 404, {
    'Content-Type': 'text/html;charset=UTF-8',
    'Cache-Control': 'no-store',
    ...(known && ofSite && { 'Set-Cookie': `${COOKIE}; Domain=site.test; Path=/; SameSite=Lax` }),
  });
  const script = query === WORKER && path !== '/.frame' ? '<script src="//work.test/worker.js"></script>' : '';
  response.end(path === '/.frame' ? `<iframe sandbox="allow-scripts" src="/.empty?${query}"></iframe>` : script);
}

/** The query of pages that ask for their work themselves. */
export const WORKER = 'worker';

/** The function behind every gateway. */
async function invoke(cases: ReadonlyMap<string, Known>, event: Event, context: unknown): Promise<unknown> {
  const { id, hop = 0 } = parsePath(event.rawPath ?? event.raw_path ?? event.path ?? '') ?? {};
  const { testCase } = (id === undefined ? undefined : cases.get(id)) ?? {};
  if (id === undefined || testCase === undefined) return { statusCode: 404 };
  const { policy, preflight, result, throws } = testCase.hops[hop] as LambdaHop;
  const words = wordsOf(testCase, id, headersOf(event));
  async function handler(): Promise<unknown> {
    if (policy === undefined && isPreflight(methodOf(event), words)) return fillInAll(preflight, words);
    if (throws !== undefined) throw Object.assign(new Error(throws.message), throws);
    return fillInAll(result, words);
  }
  return policy === undefined
    ? handler()
    : withCors(handler, policy, { logger: { error() {}, warn() {} } })(event, context);
}

// biome-ignore lint/suspicious/noExplicitAny: eight shapes, read by name.
type Event = any;

function methodOf(event: Event): string {
  return event.requestContext?.http?.method ?? event.httpMethod ?? event.method;
}

function headersOf({ headers, multiValueHeaders }: Event): Record<string, string> {
  const entries = Object.entries<string | string[]>(headers ?? multiValueHeaders ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]));
}

function wordsOf(testCase: Case, id: string, headers: Readonly<Record<string, string>>): Words {
  return {
    origin: headers.origin,
    method: headers['access-control-request-method'],
    headers: headers['access-control-request-headers'],
    urls: testCase.hops.map((hop, at) => hopUrl(hop, testCase.page, id, at)),
  };
}

function isPreflight(method: string, words: Words): boolean {
  return method === 'OPTIONS' && words.origin !== undefined && words.method !== undefined;
}

function hex(body: Uint8Array): string {
  return Buffer.from(body).toString('hex');
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
