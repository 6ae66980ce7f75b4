import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { HeaderLine, Transport, WireRequest, WireResponse } from '../browser/types.js';
import { textOrBytes } from '../sources/bytes.js';
import { check, timeCheck } from '../sources/check-settings.js';
import { pairs } from './request.js';

/** What the transport rejects with when time is up. */
export const TIMED_OUT = 'LAMBDA_CORS_TIMED_OUT';

/** Nothing that is judged here is further down in a body. */
const MAX_BYTES = 1024 * 1024;

/**
 * Real HTTP for `browse`: to a local gateway, or to an endpoint that is deployed. Brings responses back line by line (an
 * HTTP client that joins lines would hide duplicates) and follows no redirects, which is the browser's part.
 *
 * @param milliseconds How long an answer may take. Default 35000, so that a gateway's own 504 is seen.
 * @throws {TypeError} Where that is not a number of milliseconds that a timer can wait.
 * @example
 * const gateway = await createGateway({ handler: withCors(fn), source: 'url' }).listen()
 * const page = await browse({ origin: 'https://app.example.com', url: gateway.url, method: 'PUT' }, httpTransport())
 * console.assert(page.problem === undefined, page.problem)
 * await gateway.close()
 */
export function httpTransport(milliseconds = 35_000): Transport {
  check({ milliseconds }, { milliseconds: timeCheck });
  return (request) =>
    new Promise<WireResponse>((resolve, reject) => {
      let received: Received | undefined;
      const outgoing = open(request, (incoming) => {
        received = receive(incoming);
        received.whole.then(resolve, reject);
      });
      const alarm = setTimeout(() => {
        if (received?.mayBeEndless) resolve(received.soFar());
        // Not left to `destroy`, which would call it a connection that was reset once a part of the response is there.
        reject(Object.assign(new Error(`no answer within ${milliseconds / 1000} s`), { code: TIMED_OUT }));
        outgoing.destroy();
      }, milliseconds);
      outgoing.on('error', reject);
      outgoing.on('close', () => {
        clearTimeout(alarm);
        // To Node.js 101 is neither a response nor an error.
        if (received === undefined)
          reject(new Error('the connection was closed or switched to another protocol without a response'));
      });
      outgoing.end(request.body);
    });
}

function open(
  { method, url, headers, body }: WireRequest,
  onResponse: (incoming: IncomingMessage) => void,
): ClientRequest {
  const { protocol, hostname, port, host, pathname, search } = new URL(url);
  const lines: HeaderLine[] = [['host', host], ...headers, ['connection', 'close']];
  if (!headers.some(([name]) => name.toLowerCase() === 'user-agent'))
    lines.push(['user-agent', 'Mozilla/5.0 (lambda-cors)']);
  if (body !== undefined) lines.push(['content-length', String(Buffer.byteLength(body))]);
  const options = {
    method,
    host: addressOf(hostname),
    port,
    path: `${pathname}${search}`,
    // Lines in a row, which the types do not know of.
    headers: lines.flat() as never,
    agent: false as const,
    maxHeaderSize: 256 * 1024,
    servername: /^[\d.]+$|:/.test(hostname) ? '' : hostname,
  };
  return protocol === 'https:' ? httpsRequest(options, onResponse) : httpRequest(options, onResponse);
}

/** Names below `localhost` are this machine to browsers: https://datatracker.ietf.org/doc/html/draft-ietf-dnsop-let-localhost-be-localhost */
function addressOf(hostname: string): string {
  return hostname.endsWith('.localhost') ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, '');
}

/** A response as it comes. */
interface Received {
  readonly whole: Promise<WireResponse>;
  readonly soFar: () => WireResponse;
  /** A stream of events goes on for as long as there may be more. */
  readonly mayBeEndless: boolean;
}

function receive(incoming: IncomingMessage): Received {
  const { statusCode = 0, rawHeaders } = incoming;
  const chunks: Uint8Array[] = [];
  function soFar(): WireResponse {
    return {
      status: statusCode,
      headers: pairs(rawHeaders),
      body: textOrBytes(Buffer.concat(chunks).subarray(0, MAX_BYTES)),
    };
  }
  async function read(): Promise<WireResponse> {
    let size = 0;
    for await (const chunk of incoming) {
      chunks.push(chunk as Uint8Array);
      size += (chunk as Uint8Array).length;
      if (size > MAX_BYTES) break;
    }
    return soFar();
  }
  const mayBeEndless = /^text\/event-stream\b/i.test(incoming.headers['content-type'] ?? '');
  return { whole: read(), soFar, mayBeEndless };
}
