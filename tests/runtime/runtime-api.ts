// Lambda's Runtime API on loopback: gives events to a runtime client, and keeps what Lambda would hand to the gateway.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How the runtime client ended an invocation. */
export type Outcome = Returned | Failed | Streamed;

export interface Returned {
  readonly kind: 'returned';
  /** What the handler returned, after serialization as JSON. */
  readonly result: unknown;
}

export interface Failed {
  readonly kind: 'failed';
  readonly error: RuntimeError;
}

export interface Streamed {
  readonly kind: 'streamed';
  readonly contentType: string | undefined;
  readonly chunks: readonly Chunk[];
  /** From the trailers. */
  readonly error: RuntimeError | undefined;
  /** False if the connection broke off. */
  readonly complete: boolean;
}

export interface Chunk {
  readonly bytes: Buffer;
  /** Milliseconds since the event was given out. */
  readonly at: number;
}

export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export interface RuntimeApi {
  /** For `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Resolves when the client reports that the function cannot be started. */
  readonly initError: Promise<RuntimeError>;
  /** Gives the event out when the client next asks. */
  invoke(event: unknown): Promise<Outcome>;
  close(): Promise<void>;
}

/** How long an invocation may take before its process is ended. */
export const TIMEOUT_MS = 20_000;

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly settle: (outcome: Outcome) => void;
}

export async function startRuntimeApi(): Promise<RuntimeApi> {
  const waiting: Invocation[] = [];
  let asking: ServerResponse | undefined;
  let current: (Invocation & { readonly begun: number }) | undefined;
  let failInit: (error: RuntimeError) => void = () => {};
  const initError = new Promise<RuntimeError>((resolve) => {
    failInit = resolve;
  });

  function giveNext(): void {
    const next = waiting[0];
    if (asking === undefined || next === undefined) return;
    waiting.shift();
    current = { ...next, begun: performance.now() };
    asking.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': next.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + TIMEOUT_MS),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-central-1:123456789012:function:notes',
      'Lambda-Runtime-Trace-Id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0',
    });
    asking.end(JSON.stringify(next.event));
    asking = undefined;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, what, id, how] =
      /^\/2018-06-01\/runtime\/(init|invocation)(?:\/([^/]+))?\/(\w+)$/.exec(request.url ?? '') ?? [];
    if (request.method === 'GET' && what === 'invocation' && how === 'next') {
      asking = response;
      giveNext();
      return;
    }
    if (what === 'init' && how === 'error') failInit(await readError(request));
    else if (current !== undefined && id === current.id && how === 'error') {
      current.settle({ kind: 'failed', error: await readError(request) });
    } else if (current !== undefined && id === current.id && how === 'response') {
      current.settle(await readResponse(request, current.begun));
    } else throw new Error(`the Runtime API has no ${request.method} ${request.url}`);
    response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}');
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.writeHead(400).end(error.message));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    initError,
    invoke: (event) =>
      new Promise((settle) => {
        waiting.push({ id: randomUUID(), event, settle });
        giveNext();
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readError(request: IncomingMessage): Promise<RuntimeError> {
  return JSON.parse(await text(request)) as RuntimeError;
}

async function readResponse(request: IncomingMessage, begun: number): Promise<Outcome> {
  if (request.headers['lambda-runtime-function-response-mode'] !== 'streaming') {
    return { kind: 'returned', result: JSON.parse(await text(request)) };
  }
  const chunks: Chunk[] = [];
  try {
    for await (const bytes of request) chunks.push({ bytes: bytes as Buffer, at: performance.now() - begun });
  } catch {
    // The connection broke off, which `complete` tells.
  }
  const trailer = request.trailers['lambda-runtime-function-error-body'];
  return {
    kind: 'streamed',
    contentType: request.headers['content-type'],
    chunks,
    error: trailer === undefined ? undefined : (JSON.parse(Buffer.from(trailer, 'base64').toString()) as RuntimeError),
    complete: request.complete,
  };
}
