import { printable } from '../../src/core/printable.js';
import type { GatewayHandler } from '../../src/gateway.js';
import { textOfThrown } from '../../src/sources/describe.js';
import type { Order, Trial } from '../messages.js';
import { startApi } from './api.js';
import { type PageFiles, startPage } from './page-server.js';
import { type Asker, tryOut } from './trials.js';
import { makeTurns } from './turns.js';

/** Milliseconds from a prediction until the page asks what its own request has led to. */
const LONGEST_TURN = 3000;

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
  /** Logs what the function has thrown after its answer. */
  tellThrown(error: unknown): void;
  close(): Promise<void>;
}

/** The API on one port, the page on another. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { serveNotes, files, port, apiPort } = options;
  const log = (line: string) => options.log(printable(line));
  const api = await startApi(serveNotes, apiPort, log);
  try {
    const turns = makeTurns<Trial>(LONGEST_TURN);
    const actions = {
      tryOut: (order: Order, asker: Asker) => turns.take(() => tryOut(api, order, asker)),
      exchangesOf(id: string) {
        turns.end(id);
        return api.exchangesOf(id);
      },
    };
    const page = await startPage(files, api.origin, actions, port);
    return {
      pageUrl: page.url,
      apiUrl: api.origin,
      tellThrown(error) {
        const text = error instanceof Error ? (error.stack ?? error.message) : textOfThrown(error);
        for (const line of `thrown outside of any request: ${text}`.split('\n')) log(line);
      },
      close: async () => void (await Promise.all([page.close(), api.close()])),
    };
  } catch (error) {
    await api.close();
    throw error;
  }
}
