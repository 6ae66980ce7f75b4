import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Order, TOKEN_HEADER } from '../messages.js';
import type { Asker } from './trials.js';

/** The files of the page, built. */
export interface PageFiles {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/** The actions that the page can ask its server for. */
export interface PageActions {
  readonly tryOut: (order: Order, asker: Asker) => Promise<unknown>;
  readonly exchangesOf: (id: string) => unknown;
}

const HOST = '127.0.0.1';
const MAX_BYTES = 1024 * 1024;

/** Serves the page. Only the page itself can use the actions, which change the API. */
export async function startPage(
  files: PageFiles,
  apiOrigin: string,
  actions: PageActions,
  port: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const token = randomUUID();
  const html = files.html.replace('%TOKEN%', token).replaceAll('%API%', apiOrigin);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // What has begun cannot be taken back.
      if (response.headersSent) response.destroy();
      else sendJson(response, 400, { message: error instanceof Error ? error.message.trim() : 'that failed' });
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { port: listening } = server.address() as AddressInfo;
    const { host = '' } = request.headers;
    const { url = '/' } = request;
    const origin = `http://${HOST}:${listening}`;
    // The cookies of localhost would not reach the API.
    if (host === `localhost:${listening}` && url === '/') return redirect(response, origin);
    // Another site's name that resolves to this machine would make its pages same-origin with ours.
    if (host !== `${HOST}:${listening}`) return sendJson(response, 403, { message: `use ${origin}` });
    // Node sends no body with HEAD.
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    if (method === 'GET' && url === '/') return sendPage(response, html, apiOrigin);
    if (method === 'GET' && url === '/page.js') return send(response, 'text/javascript', files.script);
    if (method === 'GET' && url === '/style.css') return send(response, 'text/css', files.style);
    const [, id] = /^\/trials\/(\w+)$/.exec(url) ?? [];
    if (url !== '/trials' && id === undefined) return sendJson(response, 404, { message: 'not found' });

    // Another site cannot read the token, nor send such a header without a preflight, which fails here.
    if (request.headers[TOKEN_HEADER] !== token) {
      return sendJson(response, 403, { message: 'the server has been restarted; reload the page' });
    }
    if (method === 'GET' && id !== undefined) return sendJson(response, 200, actions.exchangesOf(id));
    if (method !== 'POST' || id !== undefined) return sendJson(response, 405, { message: 'method not allowed' });
    const order = JSON.parse(await readText(request)) as Order;
    const { cookie } = request.headers;
    sendJson(response, 200, await actions.tryOut(order, { origin, ...(cookie !== undefined && { cookie }) }));
  }

  await listen(server, port);
  const { port: listening } = server.address() as AddressInfo;
  return { url: `http://${HOST}:${listening}`, close: () => close(server) };
}

function sendPage(response: ServerResponse, html: string, apiOrigin: string): void {
  response.setHeader(
    'Content-Security-Policy',
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ${apiOrigin}; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`,
  );
  // For requests with credentials. The API is on the same host, and cookies ignore ports.
  response.setHeader('Set-Cookie', 'session=playground; Path=/; HttpOnly; SameSite=Lax');
  send(response, 'text/html', html);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(307, { Location: location, 'Cache-Control': 'no-store' }).end();
}

function send(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' }).end(text);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  // Before the head, because it may throw.
  const json = JSON.stringify(value);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(json);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Uint8Array).length;
    if (size > MAX_BYTES) throw new Error(`the order is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString();
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'it is in use' : error.message;
      reject(new Error(`cannot listen on port ${port} of ${HOST}: ${why}`, { cause: error }));
    });
    server.listen(port, HOST, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
