/** Requests byte for byte: Node.js's fetch adds headers of its own and joins lines that came apart. */
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach } from 'vitest';
import { createGateway, type Gateway, type GatewayHandler, type GatewayOptions } from '../../src/gateway.js';

export interface WireRequest {
  readonly method?: string;
  /** Path and query string, after the gateway's URL. */
  readonly path?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly reason: string;
  /** As they came, each line on its own; without what every server on HTTP/1.1 adds. */
  readonly lines: readonly (readonly [string, string])[];
  readonly length: string | undefined;
  readonly body: string;
  readonly bytes: Buffer;
}

/** What the requests are for, unless they say otherwise. */
export const HOST = 'api.example.com';

const OF_THE_SERVER = [
  ...['date', 'connection', 'keep-alive', 'content-length'],
  ...['x-amzn-requestid', 'x-amz-apigw-id', 'apigw-requestid'],
];

export async function send(url: string, request: WireRequest = {}): Promise<WireResponse> {
  const { method = 'GET', path = '', headers = [], body } = request;
  const { hostname, port, pathname } = new URL(url);
  const bytes = body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const];
  const lines = [['Host', HOST] as const, ...headers, ...bytes].flat();
  const target = `${pathname.replace(/\/$/, '')}${path}`;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      // Node.js takes lines in a row, which its types do not say for headers.
      {
        host: hostname.replace(/[[\]]/g, ''),
        port,
        method,
        path: target || '/',
        headers: lines as never,
        agent: false,
        maxHeaderSize: 128 * 1024,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const pairs = incoming.rawHeaders.flatMap((name, at) =>
            at % 2 === 0 ? [[name, incoming.rawHeaders[at + 1] as string] as const] : [],
          );
          resolve({
            status: incoming.statusCode as number,
            reason: incoming.statusMessage as string,
            lines: pairs.filter(([name]) => !OF_THE_SERVER.includes(name.toLowerCase())),
            length: incoming.headers['content-length'],
            bytes: Buffer.concat(chunks),
            body: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** All that the server says to these bytes, until it or the time ends. */
export async function raw(url: string, text: string | Buffer, milliseconds = 1000): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => {});
  socket.write(text);
  const alarm = setTimeout(() => socket.destroy(), milliseconds);
  // Not `once`, which rejects where the other end resets the connection.
  await new Promise((resolve) => socket.on('close', resolve));
  clearTimeout(alarm);
  return answer;
}

const gateways: Gateway[] = [];
afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.close();
});

/** A gateway until the end of the test. */
export async function start(options: GatewayOptions): Promise<Gateway> {
  const gateway = createGateway({ allowHosts: [HOST], ...options });
  gateways.push(gateway);
  return gateway.listen();
}

export type Settings = Omit<GatewayOptions, 'handler'>;

/** What one request to a function behind a source comes to. */
export async function ask(
  settings: Settings,
  handler: GatewayHandler,
  request: WireRequest = { path: '/notes' },
): Promise<WireResponse> {
  const { url } = await start({ ...settings, handler });
  return send(url, request);
}

/** The same for a function that always returns the same. */
export function answerTo(settings: Settings, result: unknown, request?: WireRequest): Promise<WireResponse> {
  return ask(settings, async () => result, request);
}

/** The event that a request becomes. */
// biome-ignore lint/suspicious/noExplicitAny: eight shapes, read as each test knows them.
export async function eventOf(settings: Settings, request?: WireRequest): Promise<any> {
  let event: unknown;
  await ask(
    settings,
    async (given: unknown) => {
      event = given;
      return { statusCode: 200 };
    },
    request,
  );
  return event;
}

/** The values of the lines of a name, whatever its casing. */
export function values({ lines }: Pick<WireResponse, 'lines'>, name: string): string[] {
  return lines.filter(([given]) => given.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}
