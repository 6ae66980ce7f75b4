// Laws about errors that become responses, for random errors and every source.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';
import { sources } from '../support/sources.js';

const NEVER = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|date|server|content-(?!type$).*)$/;

const headerName = fc.oneof(
  fc.constantFrom('Retry-After', 'Date', 'server', 'Content-Length', 'content-type', 'TE', 'transfer-encoding', 'X-A'),
  fc.string({ maxLength: 8 }),
);
const headers = fc.dictionary(headerName, fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.anything()));
const thrown = fc.oneof(
  fc.anything(),
  fc.record(
    {
      statusCode: fc.oneof(fc.integer({ min: 390, max: 610 }), fc.anything()),
      status: fc.oneof(fc.integer({ min: 390, max: 610 }), fc.anything()),
      expose: fc.oneof(fc.boolean(), fc.anything()),
      message: fc.oneof(fc.string(), fc.anything()),
      headers: fc.oneof(headers, fc.anything()),
    },
    { requiredKeys: [] },
  ),
);

describe.each(sources)('$name', (source) => {
  it('passes on whatever an error becomes, which shows nothing of an error without expose: true', async () => {
    const event = source.event({ method: 'GET', headers: { Origin: 'https://a.example' } });
    await fc.assert(
      fc.asyncProperty(thrown, async (error) => {
        const logger = memoryLogger();
        const response = source.response(await withCors(() => Promise.reject(error), {}, { logger })(event, {}));
        const names = response.lines.map(([name]) => name);

        expect(response.lines).toContainEqual(['access-control-allow-origin', '*']);
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(names.filter((name) => NEVER.test(name))).toEqual([]);
        if (logger.entries.length === 0) {
          expect(error).toMatchObject({ expose: true });
        } else {
          expect(logger.entries).toMatchObject([
            { level: response.status < 500 ? 'warn' : 'error', details: expect.anything() },
          ]);
          expect(names.filter((name) => !name.startsWith('access-control-'))).toEqual(['content-type']);
        }
      }),
      { numRuns: 300 },
    );
  });
});
