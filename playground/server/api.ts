import { SOURCES } from '../../scripts/demo/sources.js';
import { createGateway, type Gateway, type GatewayExchange, type GatewayHandler } from '../../src/gateway.js';
import { type CorsPolicy, withCors } from '../../src/index.js';
import { type ApiSettings, type SeenRequest, TRIAL_PARAMETER } from '../messages.js';

/** The example API on one port. Its policy and gateway can change while it runs. */
export interface NotesApi {
  readonly origin: string;
  /** @throws {CorsPolicyError} */
  change(settings: ApiSettings): Promise<void>;
  /** Every request with a trial's id, in order. */
  exchangesOf(id: string): readonly SeenRequest[];
  forget(id: string): void;
  close(): Promise<void>;
}

const MAX_TRIALS = 100;
/** A browser follows at most 20 redirects, each of them perhaps with a preflight. */
const MAX_OF_A_TRIAL = 100;

export async function startApi(
  serveNotes: GatewayHandler,
  port: number,
  log: (line: string) => void,
): Promise<NotesApi> {
  const seen = new Map<string, SeenRequest[]>();
  let handler = serveNotes;
  let front = '';
  let gateway: Gateway | undefined;
  let origin = '';

  function record(exchange: GatewayExchange): void {
    const { url } = exchange.request;
    const at = url.indexOf('?');
    const id = at < 0 ? null : new URLSearchParams(url.slice(at)).get(TRIAL_PARAMETER);
    if (id === null) return;
    const before = seen.get(id) ?? [];
    if (before.length < MAX_OF_A_TRIAL) seen.set(id, [...before, toWire(exchange)]);
    const [oldest] = seen.keys();
    if (seen.size > MAX_TRIALS && oldest !== undefined) seen.delete(oldest);
  }

  async function put({ source, ownCors }: Pick<ApiSettings, 'source' | 'ownCors'>): Promise<void> {
    const next = `${source} ${ownCors}`;
    if (next === front) return;
    const made = createGateway({
      source,
      handler: (event, context) => handler(event, context, undefined),
      onExchange: record,
      onError: ({ kind, message }) => {
        if (TOLD.has(kind)) log(`the gateway: ${message}`);
      },
      ...(ownCors && hasOwnCors(source)
        ? { cors: { allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'] } }
        : {}),
    });
    const samePort = origin === '' ? port : Number(new URL(origin).port);
    // Not up until the next one listens: if that fails, the next order tries again.
    front = '';
    await gateway?.close();
    gateway = await made.listen({ port: samePort });
    front = next;
    origin = new URL(gateway.url).origin;
  }

  function logLine(...parts: readonly unknown[]): void {
    log(`the function logged: ${parts.map(firstLine).join(' ')}`);
  }
  const logger = { error: logLine, warn: logLine };

  await put({ source: 'rest', ownCors: false });
  return {
    get origin() {
      return origin;
    },
    async change(settings) {
      if (!Object.hasOwn(SOURCES, settings.source))
        throw new TypeError(`the source is not one of ${Object.keys(SOURCES).join(', ')}`);
      handler = settings.wrapped ? withCors(serveNotes, settings.policy as CorsPolicy, { logger }) : serveNotes;
      await put(settings);
    },
    exchangesOf: (id) => seen.get(id) ?? [],
    forget: (id) => void seen.delete(id),
    close: async () => gateway?.close(),
  };
}

function hasOwnCors(source: string): boolean {
  return source.startsWith('http') || source === 'url';
}

/** What a page is not shown. */
const TOLD: ReadonlySet<string> = new Set(['foreign host', 'hook failed', 'server failed']);

function firstLine(value: unknown): string {
  try {
    return String(value).split('\n', 1)[0] as string;
  } catch {
    return `a value of type ${typeof value} that has no text`;
  }
}

function toWire({ request, response, fault }: GatewayExchange): SeenRequest {
  const asks = request.headers.some(([name]) => name.toLowerCase() === 'access-control-request-method');
  return {
    kind: request.method === 'OPTIONS' && asks ? 'preflight' : 'request',
    method: request.method,
    url: request.url,
    requestHeaders: request.headers,
    status: response.status,
    responseHeaders: response.headers,
    ...(fault === undefined ? {} : { fault: { kind: fault.kind, message: fault.message } }),
  };
}
