import { describe, expect, test } from 'vitest';
import { withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';
import { corsLines, otherLines, sources } from '../support/sources.js';
import { cases } from './cases.js';

const DEFAULT_RESULT = {
  statusCode: 200,
  headers: { 'Content-Type': 'application/json', 'X-Custom': '1' },
  body: '{"notes":[]}',
};

describe.each(sources)('$name', (source) => {
  test.each(cases)('$name', async ({ policy, request, result = DEFAULT_RESULT, expected }) => {
    let calls = 0;
    const handler = withCors(
      async (_event: unknown, _context: unknown) => {
        calls += 1;
        return typeof result === 'function' ? result() : result;
      },
      policy,
      { logger: memoryLogger() },
    );

    const response = source.response(await handler(source.event(request), {}));

    expect(response.status).toBe(expected.status);
    expect(corsLines(response)).toEqual(Object.entries(expected.headers).sort());
    expect(calls).toBe(expected.handlerCalled === false ? 0 : 1);
    if (expected.body !== undefined) {
      expect(response.body).toBe(expected.body);
      expect(otherLines(response)).toEqual([['content-type', 'application/json']]);
    } else if (calls === 1) {
      const plain = source.response(result);
      expect(response.body).toBe(plain.body);
      expect(otherLines(response)).toEqual(otherLines(plain));
    } else {
      expect(response.body).toBeUndefined();
      expect(otherLines(response)).toEqual([]);
    }
  });
});
