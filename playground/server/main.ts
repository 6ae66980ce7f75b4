import type { GatewayHandler } from '../../src/gateway.js';
import type { Order } from '../messages.js';
import { startApi } from './api.js';
import { type PageFiles, startPage } from './page-server.js';
import { type Asker, tryOut } from './trials.js';

export interface PlaygroundOptions {
  /** The example's handler, without CORS. */
  readonly serveNotes: GatewayHandler;
  readonly files: PageFiles;
  /** 0 for any free port. */
  readonly port: number;
  readonly apiPort: number;
  readonly log: (line: string) => void;
}

export interface Playground {
  readonly pageUrl: string;
  readonly apiUrl: string;
  close(): Promise<void>;
}

/** The API on one port, the page on another. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { serveNotes, files, port, apiPort, log } = options;
  const api = await startApi(serveNotes, apiPort, log);
  try {
    const actions = {
      tryOut: inTurn((order: Order, asker: Asker) => tryOut(api, order, asker)),
      exchangesOf: api.exchangesOf,
    };
    const page = await startPage(files, api.origin, actions, port);
    return {
      pageUrl: page.url,
      apiUrl: api.origin,
      close: async () => void (await Promise.all([page.close(), api.close()])),
    };
  } catch (error) {
    await api.close();
    throw error;
  }
}

/** Runs calls one after the other, because they change the one API. */
function inTurn<Args extends readonly unknown[], Result>(
  call: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (...args) => {
    const next = last.then(() => call(...args));
    last = next.catch(() => undefined);
    return next;
  };
}
