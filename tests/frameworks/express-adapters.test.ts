// withCors around adapters that do not answer by what they return.
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { withCors } from '../../src/index.js';
import { ADAPTERS, closeAdapters } from './apps/express-adapters.js';
import { context, restApi } from './events.js';
import { corsOf, headerLines, type Result } from './results.js';
import { EXCHANGES, POLICY } from './table.js';

// biome-ignore lint/suspicious/noExplicitAny: handlers of every shape.
type Any = any;

beforeEach(() => {
  // Express logs what its routes throw.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(closeAdapters);

/** @codegenie/serverless-express 4 answers 500 where Express 5 knows no route, with or without withCors. */
const KNOWN = EXCHANGES.filter(({ status }) => status !== 404);

/** What the runtimes give to a handler: up to Node.js 22 the methods answer Lambda, and later there are none. */
const behind = vi.fn();
const CONTEXTS = [
  { name: 'up to Node.js 22', given: { ...context, succeed: behind, fail: behind, done: behind } },
  { name: 'of Node.js 24', given: context },
];

describe.each(CONTEXTS)('a context $name', ({ given }) => {
  describe.each(ADAPTERS)('%s', (_name, adapter) => {
    const logger = { error: vi.fn(), warn: vi.fn() };
    const handler = withCors(adapter as Any, POLICY, { logger });

    it.each(KNOWN)('$name', async ({ request, cors, status, body }) => {
      const result = (await handler(restApi(request) as Any, given)) as Result;

      const expected = Object.fromEntries(Object.entries(cors).map(([name, value]) => [name, [value]]));
      expect(corsOf(headerLines(result, ['headers', 'multiValueHeaders']))).toEqual(expected);
      if (status !== undefined) expect(result.statusCode).toBe(status);
      if (body !== undefined) expect(JSON.parse(result.body ?? '')).toEqual(body);
      expect(behind).not.toHaveBeenCalled();
      expect([...logger.error.mock.calls, ...logger.warn.mock.calls]).toEqual([]);
    });
  });
});
