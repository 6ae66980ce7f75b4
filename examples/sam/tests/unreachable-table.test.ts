import { beforeEach, describe, expect, test, vi } from 'vitest';
import { APP } from './events.js';
import { corsHeadersOf, deployments, readableBy } from './handlers.js';

beforeEach(() => {
  vi.spyOn(console, 'error').mockReset().mockReturnValue(undefined);
});

// Nothing is mocked here: the SDK really tries to connect, to the port in environment.ts where nothing listens.
describe.each(deployments)('$deployment', ({ send }) => {
  test('makes a readable 500 of a refused connection, and logs why', async () => {
    const result = await send({ method: 'GET', path: '/notes' });
    expect(result.statusCode).toBe(500);
    expect(result.body).toBe('{"message":"Internal Server Error"}');
    expect(corsHeadersOf(result)).toEqual(readableBy(APP));
    expect(console.error).toHaveBeenCalledExactlyOnceWith(
      expect.any(String),
      expect.objectContaining({ code: 'ECONNREFUSED' }),
    );
  });
});
