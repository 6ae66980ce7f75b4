// withCors around the frameworks that people run on Lambda. Everything that it must not change is compared with what
// the same framework returns without it.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withCors } from '../../src/index.js';
import { powertoolsHandler } from './apps/powertools.js';
import { context, vpcLattice } from './events.js';
import { corsOf, headerLines, type Result, withoutCors } from './results.js';
import { EXCHANGES, FRAMEWORKS, POLICY } from './table.js';

const logger = { error: vi.fn(), warn: vi.fn() };

beforeEach(() => {
  vi.clearAllMocks();
  // Some of the frameworks log what their routes throw.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

describe.each(FRAMEWORKS)('$name', ({ sources, handlerFor }) => {
  describe.each(sources)('behind $name', (source) => {
    const bare = handlerFor(source);
    const framework = vi.fn(bare);
    const handler = withCors(framework, POLICY, { logger });

    it.each(EXCHANGES)('$name', async ({ request, cors, invoked, status, body, cookies }) => {
      const result: Result = await handler(source.event(request), context);

      const expected = Object.fromEntries(Object.entries(cors).map(([name, value]) => [name, [value]]));
      expect(corsOf(headerLines(result, ['headers', 'multiValueHeaders']))).toEqual(expected);
      expect(corsOf(headerLines(result, source.reads))).toEqual(expected);

      expect(framework).toHaveBeenCalledTimes(invoked ? 1 : 0);
      if (invoked) {
        const untouched: Result = await bare(source.event(request), context, () => undefined);
        expect(withoutCors(result)).toEqual(withoutCors(untouched));
      }
      if (status !== undefined) expect(result.statusCode).toBe(status);
      if (body !== undefined) expect(JSON.parse(result.body ?? '')).toEqual(body);
      if (cookies !== undefined && source.severalCookies) expect(cookiesOf(result)).toEqual(cookies);
      expect([...logger.error.mock.calls, ...logger.warn.mock.calls]).toEqual([]);
    });
  });
});

function cookiesOf(result: Result): readonly string[] | undefined {
  return result.cookies ?? headerLines(result, ['headers', 'multiValueHeaders'])['set-cookie'];
}

describe('a framework that rejects', () => {
  it('because it does not know the source is answered with a 500 that the page can read', async () => {
    const handler = withCors(powertoolsHandler(), POLICY, { logger });
    const event = vpcLattice({ method: 'GET', path: '/hello', headers: { origin: 'https://app.example.com' } });
    const result = (await handler(event, context)) as Result;
    expect(result).toMatchObject({ statusCode: 500, body: '{"message":"Internal Server Error"}' });
    expect(headerLines(result, ['headers'])).toMatchObject({
      'access-control-allow-origin': ['https://app.example.com'],
      'access-control-allow-credentials': ['true'],
      vary: ['Origin'],
    });
    expect(logger.error).toHaveBeenCalledOnce();
  });
});
