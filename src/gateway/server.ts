import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkKeys } from '../core/options.js';
import { quote } from '../core/printable.js';
import { type Answer, answer, hasBody, wireLines } from '../sources/answer.js';
import { makeLogStreamName } from '../sources/context.js';
import { type Deployment, deploy } from '../sources/deploy.js';
import { describe } from '../sources/describe.js';
import type { HeaderLines, HttpRequest } from '../sources/messages.js';
import { installAwslambda } from './awslambda.js';
import { checkAddress, checkOptions, OPTION_KEYS } from './check-options.js';
import { type Hooks, makeHooks } from './hooks.js';
import { isAllowedHost } from './hosts.js';
import { makeInstanceId } from './ids.js';
import { prefixOf, readBody, toRequest } from './request.js';
import { runStreaming } from './run-streaming.js';
import { send } from './send.js';
import type { Gateway, GatewayAddress, GatewayExchange, GatewayOptions } from './types.js';
import { refuseUnreadable } from './unreadable.js';

/**
 * A local HTTP server that turns requests into events and results into responses as AWS does, without any CORS header
 * of its own: what a browser makes of a response here is what it makes of it in production.
 *
 * @param options The handler, what is in front of it, and what both are set to.
 * @throws {TypeError} When the source or an option is unknown, Lambda would not run the handler, or a setting is
 *   malformed.
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
  checkKeys('createGateway', options, OPTION_KEYS, 'createGateway({ handler, source: "rest" })');
  const { nodejs = 22 } = options;
  const logStreamName = makeLogStreamName(new Date(), makeInstanceId());
  const deployment = deploy('createGateway', { ...options, nodejs, logStreamName, context: undefined });
  checkOptions(options);
  if (deployment.streams) installAwslambda();
  const hooks = makeHooks(options);
  // Above every source's limit: Node.js answers for itself beyond it.
  const server = createServer({ maxHeaderSize: 256 * 1024 }, (incoming, outgoing) => {
    serve(options, deployment, hooks, incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy();
      hooks.onError({ kind: 'malformed', message: `the request cannot be answered: ${describe(error)}`, error });
    });
  });
  server.on('clientError', (error, socket) => {
    const fault = refuseUnreadable(error, socket);
    if (fault !== undefined) hooks.onError(fault);
  });
  let starting: Promise<void> | undefined;
  const gateway: Gateway = {
    get url() {
      return urlOf(server, deployment.stage);
    },
    async listen(address = {}) {
      checkAddress(address);
      if (starting !== undefined) throw new Error('the gateway listens already; close it first');
      starting = start(server, address);
      try {
        await starting;
      } catch (error) {
        starting = undefined;
        throw error;
      }
      server.on('error', (error) => {
        hooks.onError({ kind: 'server failed', message: `the server reports ${describe(error)}`, error });
      });
      return gateway;
    },
    async close() {
      // A server that is still starting would listen after it was closed.
      await starting?.catch(() => undefined);
      await stop(server);
      starting = undefined;
    },
  };
  return gateway;
}

async function serve(
  { source, allowHosts = [] }: GatewayOptions,
  deployment: Deployment,
  hooks: Hooks,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const body = await readBody(incoming, deployment.door.limits.requestBody);
  // The client has gone away.
  if (body === undefined) return;
  const request = toRequest(incoming, body.bytes, deployment.stage);
  const answered = isAllowedHost(incoming, allowHosts)
    ? await answer(deployment, request, body.size, deployment.streams ? runStreaming : undefined)
    : foreignHost(incoming.headers.host);
  // On AWS each response has them, and `lambda-cors probe` tells gateways apart by them.
  const lines = [...wireLines(answered), ...(deployment.door.marks?.(request) ?? [])];
  if (answered.fault !== undefined) hooks.onError(answered.fault, answered.event);
  hooks.onExchange({
    source,
    ...exchangeOf(incoming, request, answered, lines),
    milliseconds: performance.now() - started,
  });
  await send(outgoing, request.method, answered, lines, (fault) => hooks.onError(fault, answered.event));
}

function foreignHost(host: string | undefined): Answer {
  const body =
    'This gateway answers to addresses and localhost only; allowHosts, or --allow-host of serve, lets in other names.\n';
  return {
    response: { status: 403, lines: [['Content-Type', 'text/plain']], body: Buffer.from(body) },
    fault: {
      kind: 'foreign host',
      message: `the request is for the host ${quote(host ?? '')}, which may be another site's name for this machine; if it is yours, allow it: allowHosts of createGateway, --allow-host of lambda-cors serve`,
    },
  };
}

function exchangeOf(
  { url = '' }: IncomingMessage,
  { method, lines: headers, body }: HttpRequest,
  { response, event, result, fault }: Answer,
  lines: HeaderLines,
): Omit<GatewayExchange, 'source' | 'milliseconds'> {
  const { status } = response;
  const sent = hasBody(method, status) && response.body.length > 0;
  return {
    request: { method, url, headers, body },
    ...(event !== undefined && { event }),
    ...(result !== undefined && { result }),
    ...(fault !== undefined && { fault }),
    response: { status, headers: lines, body: sent ? Buffer.from(response.body) : new Uint8Array() },
  };
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
