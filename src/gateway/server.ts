import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { type Answer, answer, hasBody, wireLines } from '../sources/answer.js';
import { makeLogStreamName } from '../sources/context.js';
import { type Deployment, deploy } from '../sources/deploy.js';
import { describe } from '../sources/describe.js';
import type { HeaderLines, HttpRequest } from '../sources/messages.js';
import type { GatewayFault } from '../sources/settings.js';
import { installAwslambda } from './awslambda.js';
import { makeIds, makeInstanceId } from './ids.js';
import { BrokenStream } from './prelude.js';
import { runStreaming } from './run-streaming.js';
import type { Gateway, GatewayAddress, GatewayOptions } from './types.js';

/**
 * A local HTTP server that turns requests into events and results into responses as AWS does, without any CORS header
 * of its own: what a browser makes of a response here is what it makes of it in production.
 *
 * @param options The handler, what is in front of it, and what both are set to.
 * @throws {TypeError} When the source is unknown, Lambda would not run the handler, or a setting is malformed.
 * @example
 * const handler = withCors(async () => ({ statusCode: 200, body: 'hello' }))
 * const gateway = await createGateway({ handler, source: 'rest' }).listen()
 *
 * const response = await fetch(`${gateway.url}/notes`, { headers: { Origin: 'https://app.example.com' } })
 * console.assert(response.headers.get('Access-Control-Allow-Origin') === '*')
 *
 * await gateway.close()
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { nodejs = 22 } = options;
  const logStreamName = makeLogStreamName(new Date(), makeInstanceId());
  const deployment = deploy('createGateway', { ...options, nodejs, logStreamName, context: undefined });
  if (deployment.streams) installAwslambda();
  // Above every source's limit: Node.js answers for itself beyond it.
  const server = createServer({ maxHeaderSize: 256 * 1024 }, (incoming, outgoing) => {
    void serve(options, deployment, incoming, outgoing);
  });
  const gateway: Gateway = {
    get url() {
      return urlOf(server, deployment.stage);
    },
    async listen(address) {
      await start(server, address);
      return gateway;
    },
    close: () => stop(server),
  };
  return gateway;
}

async function serve(
  options: GatewayOptions,
  deployment: Deployment,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const body = await readBody(incoming, deployment.door.limits.requestBody);
  // The client has gone away.
  if (body === undefined) return;
  const request = toRequest(incoming, body.bytes, deployment.stage);
  const answered = await answer(deployment, request, body.size, deployment.streams ? runStreaming : undefined);
  const lines = wireLines(answered);
  try {
    report(options, incoming, request, answered, lines, performance.now() - started);
  } finally {
    await send(outgoing, request.method, answered, lines).catch(async (error: unknown) => {
      outgoing.destroy();
      const fault = faultOf(error);
      if (fault !== undefined) options.onError?.(fault, answered.event);
      // The handler goes on all the same, and waits until what it writes is read.
      await drain(answered.stream).catch(() => {});
    });
  }
}

/** What is to be told of a response that did not go out whole; nothing when it is the client that has gone away. */
function faultOf(error: unknown): GatewayFault | undefined {
  if (error instanceof BrokenStream) return { error, ...error.failure };
  if (GONE.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
  return { kind: 'malformed', message: `the response cannot be sent: ${describe(error)}`, error };
}

const GONE: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_UNABLE_TO_PIPE',
]);

async function drain(stream: AsyncIterable<Uint8Array> | undefined): Promise<void> {
  for await (const _ of stream ?? []);
}

function report(
  { source, onError, onExchange }: GatewayOptions,
  { url = '' }: IncomingMessage,
  { method, lines: headers, body }: HttpRequest,
  { response, stream: _, ...known }: Answer,
  lines: HeaderLines,
  milliseconds: number,
): void {
  if (known.fault !== undefined) onError?.(known.fault, known.event);
  const { status } = response;
  const sent = hasBody(method, status) && response.body.length > 0;
  onExchange?.({
    source,
    request: { method, url, headers, body },
    ...known,
    response: { status, headers: lines, body: sent ? Buffer.from(response.body) : new Uint8Array() },
    milliseconds,
  });
}

/** Rejects where a response cannot be sent, or a streamed body breaks off: the client then sees that it is not whole. */
async function send(
  outgoing: ServerResponse,
  method: string,
  { response, stream }: Answer,
  lines: HeaderLines,
): Promise<void> {
  const { status, reason, body } = response;
  // A streamed response may say how long it is, and not be so.
  outgoing.strictContentLength = true;
  // As pairs in a row, so that a name may have several lines.
  const flat = lines.flat();
  if (reason === undefined) outgoing.writeHead(status, flat);
  else outgoing.writeHead(status, reason, flat);
  if (stream === undefined || !hasBody(method, status) || outgoing.destroyed) {
    outgoing.end(hasBody(method, status) ? body : undefined);
    return drain(stream);
  }
  outgoing.flushHeaders();
  await pipeline(stream, outgoing);
}

/** Reads to the end, so that the client can read the answer; keeps no more than a source takes. */
async function readBody(
  incoming: IncomingMessage,
  max: number,
): Promise<{ readonly bytes: Uint8Array; readonly size: number } | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += (chunk as Uint8Array).length;
      if (size <= max) chunks.push(chunk as Uint8Array);
    }
  } catch {
    return undefined;
  }
  return { bytes: Buffer.concat(chunks), size };
}

function toRequest(incoming: IncomingMessage, body: Uint8Array, deployedStage: string): HttpRequest {
  const { method = 'GET', url = '/', rawHeaders, socket } = incoming;
  const at = url.indexOf('?');
  const fullPath = at === -1 ? url : url.slice(0, at);
  const time = new Date();
  return {
    ...makeIds(time),
    time,
    method,
    fullPath,
    ...withoutStage(fullPath, deployedStage),
    query: at === -1 ? '' : url.slice(at + 1),
    lines: pairs(rawHeaders),
    body,
    sourceIp: (socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
  };
}

function withoutStage(fullPath: string, stage: string): { readonly stage: string; readonly path: string } {
  const prefix = prefixOf(stage);
  if (prefix === '') return { stage, path: fullPath };
  if (fullPath === prefix) return { stage, path: '/' };
  if (fullPath.startsWith(`${prefix}/`)) return { stage, path: fullPath.slice(prefix.length) };
  return { stage: fullPath.split('/')[1] ?? '', path: fullPath };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html */
function prefixOf(stage: string): string {
  return stage === '' || stage === '$default' ? '' : `/${stage}`;
}

function pairs(rawHeaders: readonly string[]): HeaderLines {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
}

function urlOf(server: Server, stage: string): string {
  const address = server.address() as AddressInfo | null;
  if (address === null) throw new Error('the gateway has no URL: it does not listen');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}${prefixOf(stage)}`;
}

function start(server: Server, { port = 0, host = '127.0.0.1' }: GatewayAddress = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message = REASONS[error.code ?? ''] ?? error.message;
      reject(new Error(`cannot listen on port ${port} of ${host}: ${message}`, { cause: error }));
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use',
  EACCES: 'it needs more rights than this process has',
  EADDRNOTAVAIL: 'this machine has no such address',
};

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
