import { Console } from 'node:console';
import { fileURLToPath } from 'node:url';
import {
  createGateway,
  type Gateway,
  type GatewayExchange,
  type GatewayFault,
  type GatewayOptions,
  type GatewaySource,
  installAwslambda,
} from '../gateway.js';
import { loadGatewayCors } from './load-gateway-cors.js';
import { loadHandler } from './load-handler.js';
import { misuse } from './misuse.js';
import { logEntry, logLines } from './request-log.js';
import { dim, printJson, printLines, red } from './terminal.js';

export interface ServeOptions {
  readonly source: GatewaySource;
  readonly port: number;
  readonly host: string;
  readonly stage?: string;
  readonly cors?: string;
  readonly binary?: readonly string[];
  /** Seconds. */
  readonly timeout: number;
  readonly node: '22' | '24';
  readonly allowHost?: readonly string[];
  readonly json?: true;
}

/** Serves a handler until Ctrl-C. Returns the exit status. */
export async function serve(setting: string, options: ServeOptions): Promise<number> {
  const { source, port, host, json } = options;
  // What the handler logs must not come between the lines of JSON.
  if (json) globalThis.console = new Console(process.stderr);
  // A handler that streams may need it when it is loaded.
  installAwslambda();
  const gateway = makeGateway({
    handler: await loadHandler(setting),
    source,
    stage: options.stage,
    binaryMediaTypes: options.binary,
    cors: options.cors === undefined ? undefined : await loadGatewayCors(options.cors),
    allowHosts: options.allowHost,
    timeout: options.timeout * 1000,
    nodejs: options.node === '24' ? 24 : 22,
    onError: printFault,
    onExchange: (exchange) => printExchange(exchange, options),
  });
  await listen(gateway, port, host);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => printFault({ kind: 'thrown', message: 'thrown outside of any request', error }));
  }
  if (json) printJson({ listening: gateway.url, source, handler: setting }, 0);
  else printLines([`${setting} behind ${source} at ${gateway.url}`, [dim('Ctrl-C ends it.')], '']);
  await interrupted();
  await gateway.close();
  return 0;
}

function makeGateway(options: GatewayOptions): Gateway {
  try {
    return createGateway(options);
  } catch (error) {
    throw misuse(error instanceof Error ? error.message : String(error));
  }
}

async function listen(gateway: Gateway, port: number, host: string): Promise<void> {
  try {
    await gateway.listen({ port, host });
  } catch (error) {
    const { message } = error as Error;
    throw misuse(
      `${message}; ${/port/.test(message) && /in use/.test(message) ? 'choose another with --port, or --port 0 for any' : 'choose another with --port and --host'}`,
    );
  }
}

function printExchange(exchange: GatewayExchange, { cors, json }: ServeOptions): void {
  const entry = logEntry(exchange, cors !== undefined);
  if (json) printJson(entry, 0);
  else printLines(logLines(entry));
}

/** What a handler throws is told with its stack, as in the log of a function; the rest is in the log of requests. */
function printFault({ message, error }: GatewayFault): void {
  if (error === undefined) return;
  const own = fileURLToPath(import.meta.url);
  const lines = (stackOf(error) || message).split('\n').filter((line) => !line.includes(own));
  printLines([[red('✗ '), lines[0] as string], ...lines.slice(1).map((line) => [dim(line)])], process.stderr);
}

/** Nothing where an error has none, or throws when it is asked. */
function stackOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.stack ?? '') : '';
  } catch {
    return '';
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
