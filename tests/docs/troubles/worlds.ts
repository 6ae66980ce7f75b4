/** What a page may ask: handlers behind the local gateway, and servers that answer as AWS does. */
import { createGateway, type GatewayOptions, httpTransport } from '../../../src/gateway.js';
import { type CorsPolicy, withCors } from '../../../src/index.js';
import { APP, FAULTS, listen, MISSING_TOKEN, play, type Script } from '../../cli/aws-faults.js';
import { startCachingProxy } from '../../support/caching-proxy.js';
import { memoryLogger } from '../../support/logger.js';

/** Starts what is asked. */
export type World = () => Promise<{ readonly url: string; close?(): Promise<void> }>;

type Handler = GatewayOptions['handler'];

const RESULT = { statusCode: 200, body: '[]' };

export function answering(headers: Readonly<Record<string, string>> = {}, more: object = {}): Handler {
  return async () => ({ ...RESULT, headers, ...more });
}

export function wrapped(policy: CorsPolicy): Handler {
  return withCors(async () => RESULT, policy, { logger: memoryLogger() });
}

/** A handler behind the local gateway. */
export function behind(source: GatewayOptions['source'], handler: Handler, more: Partial<GatewayOptions> = {}): World {
  return async () => {
    const gateway = await createGateway({ source, handler, onError: () => undefined, ...more }).listen();
    return { url: `${gateway.url}/notes`, close: () => gateway.close() };
  };
}

/** One of the servers that answer as AWS does. */
export function aws(name: string): World {
  const fault = FAULTS.find((each) => each.name === name);
  if (fault === undefined) throw new Error(`there is no fault ${name}`);
  return scripted(fault.script, fault.host);
}

export function scripted(script: Script, host = '127.0.0.1'): World {
  return async () => ({ url: `http://${host}:${(await play(script)).port}/notes` });
}

/** A cache in front of a handler with two origins in its policy, which was asked before. */
export function cachedFor(origin: string | undefined): World {
  return async () => {
    const handler = wrapped({ allowOrigins: [APP, 'https://admin.example.com'] });
    const gateway = await createGateway({ source: 'http', handler }).listen();
    const proxy = await startCachingProxy(gateway.url);
    const url = `${proxy.url}/notes`;
    const headers = origin === undefined ? [] : [['origin', origin] as const];
    await httpTransport()({ method: 'GET', url, headers });
    return { url, close: async () => void (await Promise.all([proxy.close(), gateway.close()])) };
  };
}

/** A rule that sends requests with the header X-Version to an API, and all others to another. */
export function routedByHeader(): World {
  const { status = 0, lines = [], body } = MISSING_TOKEN;
  return async () => {
    const port = await listen((request, response) => {
      if ('x-version' in request.headers) response.writeHead(200, { 'Access-Control-Allow-Origin': APP }).end();
      else response.writeHead(status, lines.flat()).end(body);
    });
    return { url: `http://127.0.0.1:${port}/notes` };
  };
}

/** What is not asked, or where nobody answers. */
export function at(url: string): World {
  return async () => ({ url });
}

/** A server that takes a connection and says nothing. */
export function silent(scheme: 'http' | 'https'): World {
  return async () => ({ url: `${scheme}://127.0.0.1:${await listen(() => undefined)}/` });
}
