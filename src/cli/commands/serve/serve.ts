import { resolve } from 'node:path';
import {
  createGateway,
  type Gateway,
  type GatewayExchange,
  type GatewayHandler,
  type GatewayOptions,
  type GatewaySource,
  installAwslambda,
} from '../../../gateway.js';
import { isMisuse, misuse } from '../../input/misuse.js';
import { makeBuilder } from '../../modules/load-handler.js';
import { watchFiles } from '../../modules/watch.js';
import { dim, printJson, printLines, red } from '../../terminal/print.js';
import { printFault } from './fault-log.js';
import { loadAuthorizer, loadGatewayCors } from './gateway-settings.js';
import { logEntry, logLines } from './request-log.js';

interface ServeOptions {
  readonly source: GatewaySource;
  readonly route?: readonly string[];
  readonly claims?: string;
  readonly watch?: true;
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
  const { source, host, json } = options;
  checkForSource(options);
  const home = process.cwd();
  // A handler that streams may need it when it is loaded.
  installAwslambda();
  const build = await makeBuilder(setting, options.watch === true);
  const built = await build();
  let gateway = await prepare(built.load, options);
  await listen(gateway, options.port, host);
  const { url } = gateway;
  const port = Number(new URL(url).port);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => printFault({ kind: 'thrown', message: 'thrown outside of any request', error }));
  }
  const end = interrupted();
  if (json) {
    printLines(warning(host), process.stderr);
    printJson({ listening: url, source, handler: setting }, 0);
  } else {
    printLines([`${setting} behind ${source} at ${url}`, ...warning(host), [dim(usage(options))], '']);
  }

  async function swap(next: Gateway): Promise<void> {
    await gateway.close();
    gateway = next;
    await listen(gateway, port, host);
    failure = '';
    tellReloaded(setting, json);
  }

  let failure = '';
  let swapped = Promise.resolve<void>(undefined);
  /** The version before goes on serving until the next one is ready. */
  async function reload(isLatest: () => boolean): Promise<readonly string[] | undefined> {
    let files: readonly string[] | undefined;
    try {
      // The version before may have gone elsewhere, and the paths are from here.
      process.chdir(home);
      const next = await build();
      files = [...next.files, ...ownFiles(options)];
      const prepared = await prepare(next.load, options);
      // One after the other, because there is one port.
      swapped = swapped.catch(() => undefined).then(() => (isLatest() ? swap(prepared) : undefined));
      await swapped;
    } catch (error) {
      if (isLatest()) failure = tellFailed(error, failure, json);
    }
    return files;
  }

  const stop = options.watch ? watchFiles([...built.files, ...ownFiles(options)], reload) : () => {};
  await end;
  stop();
  await gateway.close();
  return 0;
}

/** A gateway that does not listen yet. */
async function prepare(load: () => Promise<GatewayHandler>, options: ServeOptions): Promise<Gateway> {
  const { source, cors, claims } = options;
  const authorizer = claims === undefined ? undefined : await loadAuthorizer(claims, source);
  const ownCors = cors === undefined ? undefined : await loadGatewayCors(cors);
  return makeGateway({
    // After the files, because it may change the working directory.
    handler: await load(),
    source,
    routes: options.route,
    authorizer,
    stage: options.stage,
    binaryMediaTypes: options.binary,
    cors: ownCors,
    allowHosts: options.allowHost,
    timeout: options.timeout * 1000,
    nodejs: options.node === '24' ? 24 : 22,
    onError: printFault,
    onExchange: (exchange) => printExchange(exchange, options),
  });
}

function makeGateway(options: GatewayOptions): Gateway {
  try {
    return createGateway(options);
  } catch (error) {
    const faults = (error instanceof Error ? error.message : String(error)).split('\n').map(forCommand);
    if (faults.length > 1) throw misuse('the gateway cannot be like that:', faults);
    throw misuse(faults[0] as string);
  }
}

/** Names the option of the command. */
function forCommand(fault: string): string {
  return fault.replace(/^(\w+)(\[\d+\])?: /, (found, key: string) => {
    const option = Object.hasOwn(OPTION_OF, key) ? OPTION_OF[key] : undefined;
    return option === undefined ? found : `${option}: `;
  });
}

const OPTION_OF: Readonly<Record<string, string>> = {
  routes: '--route',
  authorizer: '--claims',
  stage: '--stage',
  binaryMediaTypes: '--binary',
  cors: '--cors',
  allowHosts: '--allow-host',
};

/** What the library ignores, so that one set of options is for all sources, is a mistake on a command line. */
function checkForSource({ source, stage, binary }: ServeOptions): void {
  if (binary !== undefined && source !== 'rest') {
    throw misuse(`--binary is for --source rest, not for ${source}; leave it out`);
  }
  if (stage !== undefined && !HAVE_STAGES.includes(source)) {
    throw misuse(`--stage is for --source ${HAVE_STAGES.join(', ')}, not for ${source}; leave it out`);
  }
}

const HAVE_STAGES: readonly GatewaySource[] = ['rest', 'http', 'http-1.0'];

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

/** The files besides the handler's whose change counts: JSON, because modules are imported once. */
function ownFiles({ claims, cors }: ServeOptions): readonly string[] {
  return [claims, cors]
    .filter((file) => file !== undefined)
    .filter((file) => file.endsWith('.json'))
    .map((file) => resolve(file));
}

function warning(host: string): readonly string[] {
  const reached = /^(0\.0\.0\.0|::)$/.test(host) ? 'this one' : host;
  const others = /^(127\.|::1$|localhost$)/.test(host) ? '' : `, and so can every machine that reaches ${reached}`;
  return [
    `It runs your code with your credentials, and every page that you visit can send requests to it${others}.`,
    'CORS keeps other sites from reading the answers, not from asking.',
  ];
}

function usage({ watch }: ServeOptions): string {
  return watch ? 'It reloads when a file changes. Ctrl-C ends it.' : 'Ctrl-C ends it.';
}

function printExchange(exchange: GatewayExchange, { cors, json }: ServeOptions): void {
  const entry = logEntry(exchange, cors !== undefined);
  if (json) printJson(entry, 0);
  else printLines(logLines(entry));
}

function tellReloaded(setting: string, json: true | undefined): void {
  if (json) printJson({ reloaded: setting }, 0);
  else printLines([[dim(`${new Date().toISOString().slice(11, 19)} `), `reloaded ${setting}`]]);
}

/** Says why there is no new version, once. Returns what it would say. */
function tellFailed(error: unknown, before: string, json: true | undefined): string {
  const { message, issues } = isMisuse(error) ? error : misuse(String(error instanceof Error ? error.stack : error));
  const text = JSON.stringify([message, issues]);
  if (text === before) return text;
  if (json) printJson({ error: message, issues }, 0);
  else {
    printLines(
      [
        [red('✗ not reloaded: '), message],
        ...issues.map((issue) => `  ${issue}`),
        [dim('The version before goes on.')],
      ],
      process.stderr,
    );
  }
  return text;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
