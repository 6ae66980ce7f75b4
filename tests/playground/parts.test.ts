// The parts of the page that work without a browser.
import { describe, expect, test } from 'vitest';
import type { Outcome, SeenRequest } from '../../playground/messages.js';
import { compare } from '../../playground/page/compare.js';
import { engineOf } from '../../playground/page/engine.js';
import { readHeaders } from '../../playground/page/header-lines.js';
import { readPolicy } from '../../playground/page/policy-text.js';
import { presetsFor } from '../../playground/page/presets.js';

function allowed(headers: Readonly<Record<string, string>> = {}): Outcome {
  return { allowed: true, status: 200, headers, body: '' };
}

function sent(kind: SeenRequest['kind'], status: number): SeenRequest {
  return { kind, status, method: 'GET', url: '/', requestHeaders: [], responseHeaders: [] };
}

describe('compare', () => {
  const refused: Outcome = { allowed: false, reason: 'TypeError' };

  test.each([
    ['the verdict', { outcome: refused, exchanges: [] }, { outcome: allowed(), exchanges: [] }],
    ['a preflight', { outcome: refused, exchanges: [sent('preflight', 403)] }, { outcome: refused, exchanges: [] }],
    [
      'a status',
      { outcome: refused, exchanges: [sent('request', 200)] },
      { outcome: refused, exchanges: [sent('request', 502)] },
    ],
    ['a readable header', { outcome: allowed({ etag: '1' }), exchanges: [] }, { outcome: allowed(), exchanges: [] }],
  ])('finds a difference in %s', (_what, predicted, real) => {
    expect(compare(predicted, real).some((point) => point.predicted !== point.real)).toBe(true);
    expect(compare(real, real).every((point) => point.predicted === point.real)).toBe(true);
  });

  test('ignores the order and the values of headers', () => {
    const points = compare(
      { outcome: allowed({ a: '1', b: '2' }), exchanges: [] },
      { outcome: allowed({ b: '3', a: '4' }), exchanges: [] },
    );
    expect(points.every(({ predicted, real }) => predicted === real)).toBe(true);
  });
});

test('headers are read one per line, and a name may come twice', () => {
  expect(readHeaders('X-A: 1\n\n  x-a :2:3 \n: none\nnothing')).toEqual({
    lines: [
      ['X-A', '1'],
      ['x-a', '2:3'],
    ],
    faults: [
      'line 4 does not begin with a name and a colon; write "Name: value"',
      'line 5 does not begin with a name and a colon; write "Name: value"',
    ],
  });
});

test.each(presetsFor('http://127.0.0.1:8420'))('the policy of the preset “$name” is valid', ({ values }) => {
  expect(readPolicy(values.policy).faults).toEqual([]);
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36', 'chromium'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:140.0) Gecko/20100101 Firefox/140.0', 'firefox'],
  ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15', 'webkit'],
  ['Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/147.0 Mobile/15E148 Safari/604.1', 'webkit'],
])('%s is %s', (userAgent, engine) => {
  expect(engineOf(userAgent)).toBe(engine);
});
