/** Compiles every example, and runs it. An example that promises an error throws it; a handler answers. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGateway, type GatewayOptions } from '../../src/gateway.js';
import { tsc } from '../package/project.js';
import { EXAMPLES, writeExamples } from './examples.js';
import { importExample } from './import-example.js';

const folder = writeExamples();
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.spyOn(console, 'assert').mockImplementation((holds) => {
    if (!holds) throw new Error('console.assert is told what does not hold');
  });
});
afterEach(() => vi.restoreAllMocks());

it('examples are found', () => {
  expect(EXAMPLES.length).toBeGreaterThan(50);
});

it('each compiles, strictly', async () => {
  expect(await tsc(folder)).toBe('');
});

describe('each runs:', () => {
  it.each(EXAMPLES.filter(({ runs }) => runs))('$name', async ({ path, code }) => {
    const promised = [...code.matchAll(/^\/\/ {3}(.+)$/gm)].map(([, line]) => line);
    const outcome: unknown = await importExample(join(folder, path)).catch((error: unknown) => error);
    if (promised.length === 0) {
      if (outcome instanceof Error) throw outcome;
    } else {
      expect(outcome).toBeInstanceOf(Error);
      expect((outcome as Error).message.trim().split(/\n +/)).toEqual(promised);
    }
  });
});

/** Exported, by its own name. */
const HANDLER = /^export const (?:handler|list)\b/m;

/** Examples that promise an error, and those for another Node.js. */
const OTHERS = /^\/\/ {3}|^\/\/ Middy 7/m;

describe('each handler answers a page, and the log has no fault of it:', () => {
  it.each(EXAMPLES.filter(({ code, runs }) => runs && HANDLER.test(code) && !OTHERS.test(code)))(
    '$name',
    async ({ path, code }) => {
      const loggers = (['error', 'warn'] as const).map((level) => vi.spyOn(console, level));
      const { handler, list } = await importExample(join(folder, path));
      const gateway = await createGateway({
        handler: (handler ?? list) as GatewayOptions['handler'],
        source: /treami/.test(code) ? 'url' : /\bAPIGatewayProxyEvent\b/.test(code) ? 'rest' : 'http',
      }).listen();
      try {
        const response = await fetch(`${gateway.url}/notes`, { headers: { Origin: 'https://app.example.com' } });
        expect(response.status).toBeLessThan(500);
        expect(loggers.flatMap(({ mock }) => mock.calls)).toEqual([]);
        if (/cors/i.test(code)) expect([...response.headers.keys()].join()).toMatch(/vary|access-control-allow-origin/);
      } finally {
        await gateway.close();
      }
    },
  );
});
