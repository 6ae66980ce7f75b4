// Express in adapters that answer by the context or the callback, as Lambda lets them up to Node.js 22.

import { configure } from '@codegenie/serverless-express';
import { createServer, proxy } from 'aws-serverless-express';
import { expressApp } from './express.js';

// biome-ignore lint/suspicious/noExplicitAny: events and contexts go through as they are.
type Any = any;

const server = createServer(expressApp());
const CODEGENIE = { app: expressApp() as Any, log: silentLogger() };

export const ADAPTERS: readonly (readonly [name: string, handler: (...args: Any[]) => unknown])[] = [
  // Returns the server, and calls `context.succeed`.
  ['aws-serverless-express, as its documentation has it', (event, context) => proxy(server, event, context)],
  [
    'aws-serverless-express with a function body',
    (event, context) => {
      proxy(server, event, context);
    },
  ],
  [
    'aws-serverless-express, CONTEXT_SUCCEED',
    (event, context) => void proxy(server, event, context, 'CONTEXT_SUCCEED'),
  ],
  [
    'aws-serverless-express, CALLBACK',
    (event, context, callback) => void proxy(server, event, context, 'CALLBACK', callback),
  ],
  ['aws-serverless-express, PROMISE', (event, context) => proxy(server, event, context, 'PROMISE').promise],
  ...['CONTEXT', 'CALLBACK', 'PROMISE'].map((resolutionMode): [string, (...args: Any[]) => unknown] => [
    `@codegenie/serverless-express, ${resolutionMode}`,
    configure({ ...CODEGENIE, resolutionMode }) as Any,
  ]),
];

export function closeAdapters(): void {
  server.close();
}

function silentLogger(): Any {
  const silent = () => {};
  return { debug: silent, info: silent, verbose: silent, warn: silent, error: silent };
}
