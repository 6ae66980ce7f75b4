// The outcome of a case by `browse`, which asks the same servers over HTTP.
import { Agent, type IncomingMessage, request } from 'node:http';
import {
  browse,
  createPreflightCache,
  type EngineName,
  type Refused,
  type Transport,
  type WireResponse,
} from '../../src/browser.js';
import { type Case, firstUrl, type Step, stepUrl } from './case.js';
import { type Fate, type Outcome, traceOf } from './outcome.js';
import type { Servers } from './server.js';
import { COOKIE, hasCookie } from './world.js';

export async function predict(testCase: Case, id: string, servers: Servers, engine: EngineName): Promise<Fate> {
  const { page, steps } = testCase;
  const url = firstUrl(testCase, id);
  const cookie = hasCookie(page, url, engine) ? { cookie: COOKIE } : {};
  const cache = createPreflightCache();
  let time = 0;
  const outcomes: Outcome[] = [];
  const console: string[] = [];
  for (const step of steps) {
    time += step.wait ?? 0;
    try {
      const { verdict } = await browse(
        { origin: page, url: stepUrl(url, step), ...cookie, ...pageRequest(step) },
        overHttp(servers),
        { cache, engine, now: () => time },
      );
      if (verdict.allowed) {
        const { status, type, url, redirected, headers, body } = verdict;
        outcomes.push({ kind: 'allowed', status, type, url, redirected, headers, body: hex(body) });
      } else {
        outcomes.push({ kind: 'refused', reason: verdict.reason });
        console.push(...consoleLines(verdict, engine));
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      outcomes.push({ kind: 'throws' });
    }
  }
  return { steps: outcomes, console, trace: traceOf(servers.seen(id), url) };
}

/** Only what is about CORS: the oracle does not read other lines of the console. */
function consoleLines({ reason, message }: Refused, engine: EngineName): readonly string[] {
  const silent = engine === 'chromium' ? reason.startsWith('ERR_') : message.startsWith('TypeError: ');
  return silent ? [] : message.split('\n');
}

function pageRequest({ method, headers, credentials, body }: Step) {
  return {
    ...(method !== undefined && { method }),
    ...(headers !== undefined && { headers }),
    ...(credentials !== undefined && { credentials }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
  };
}

// Like a browser: the servers then say the same about the connection.
const agent = new Agent({ keepAlive: true });

function overHttp(servers: Servers): Transport {
  const transport: Transport = (wire) =>
    new Promise((resolve, reject) => {
      const { host, hostname, href, origin, username, password } = new URL(wire.url);
      if (username !== '' || password !== '') return resolve(transport({ ...wire, url: withoutUserInfo(href) }));
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: servers.portOf(hostname),
          path: wire.url.slice(origin.length),
          agent,
          insecureHTTPParser: true,
        },
        (incoming) => read(incoming).then(resolve, reject),
      );
      // Given in the options it would be upper-cased.
      outgoing.method = wire.method;
      for (const [name, value] of [['host', host] as const, ...wire.headers]) outgoing.setHeader(name, value);
      if (wire.body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(wire.body));
      // A server may close an idle connection just when it is used again. Then browsers ask once more, too.
      outgoing.on('error', (error) => {
        if (outgoing.reusedSocket) resolve(transport(wire));
        else reject(error);
      });
      // As bytes: as text, it would be the body's encoding that headers are sent in.
      outgoing.end(wire.body === undefined ? undefined : Buffer.from(wire.body as string));
    });
  return transport;
}

/** It goes into a header, if anywhere. */
function withoutUserInfo(href: string): string {
  const url = new URL(href);
  url.username = '';
  url.password = '';
  return url.href;
}

async function read(incoming: IncomingMessage): Promise<WireResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { statusCode: status = 0, rawHeaders } = incoming;
  const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
  return { status, headers, body: Buffer.concat(chunks) };
}

function hex(body: string | Uint8Array | undefined): string {
  return body === undefined ? '' : Buffer.from(body as string).toString('hex');
}
