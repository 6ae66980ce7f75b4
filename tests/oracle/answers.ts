// Random answers that no policy would send, so that every refusal occurs.
import fc from 'fast-check';
import type { Written, WrittenHop } from './case.js';
import { cors, maxAge } from './cors-lines.js';

export type Lines = readonly (readonly [string, string])[];

/** Headers of a response that do not matter for CORS. */
export const otherLines: fc.Arbitrary<Lines> = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom(
        ...[
          'X-A',
          'x-a',
          'X-B',
          'ETag',
          'Content-Type',
          'Cache-Control',
          'Content-Language',
          'Expires',
          'Last-Modified',
        ],
        ...['Pragma', 'Set-Cookie', 'Set-Cookie2', 'Vary', 'Server', 'WWW-Authenticate', 'X-Empty', 'Link'],
        ...['Cross-Origin-Resource-Policy', 'Timing-Allow-Origin', 'X-Content-Type-Options', 'Content-Disposition'],
        ...[
          '__proto__',
          'constructor',
          'Upgrade',
          'Via',
          'Content-Location',
          'Proxy-Authenticate',
          'Age',
          'Retry-After',
        ],
      ),
      fc.constantFrom(
        ...['1', '', 'a, b', 'same-origin', 'no-cache', 'é', 'a\tb', '  padded  ', 'nosniff', ',', '"x"'],
      ),
    ),
    { maxLength: 5, selector: ([name, value]) => `${name} ${value}` },
  )
  .map((lines) => lines.map(([name, value]) => [name, name === 'Set-Cookie' ? GONE : value]));

/** A cookie that stayed would be sent with the next request. */
const GONE = 'x=1; Max-Age=0';

export const okStatus = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(200, 200, 201, 204) },
  { weight: 4, arbitrary: fc.constantFrom(400, 401, 403, 404, 418, 429, 500, 502, 503, 504) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[202, 203, 205, 206, 226, 299, 300, 304, 305, 306, 399],
      ...[402, 405, 410, 415, 451, 511, 599],
    ),
  },
);
/** Without 408 and 421, after which Chromium asks again on another connection. */
const oddStatus = fc.constantFrom(600, 700, 999, 407, 425);
export const redirectStatus = fc.constantFrom(301, 302, 303, 307, 308);

const chunks = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(['hello'], [''], ['{"a":1}']) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom('a', 'bcd', 'é✓', 'x'.repeat(3000)), { minLength: 2, maxLength: 4 }),
  },
);

export function lines(...parts: readonly fc.Arbitrary<Lines>[]): fc.Arbitrary<Lines> {
  return fc.tuple(...parts).map((all) => all.flat());
}

const preflight: fc.Arbitrary<Written> = fc.record({
  status: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(200, 204) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        201,
        202,
        203,
        207,
        226,
        299,
        206,
        205,
        300,
        304,
        301,
        302,
        303,
        305,
        306,
        307,
        308,
        399,
        400,
        401,
        403,
        404,
        405,
        500,
        503,
        600,
        407,
      ),
    },
  ),
  lines: lines(
    cors,
    maxAge,
    fc.oneof({ weight: 6, arbitrary: fc.constant<Lines>([]) }, location(['/', '{0}', '', '{1}'])),
  ),
  chunks: fc.constantFrom(['ok'], ['']),
});

/** Where a redirect leads; mostly to the next hop. */
export function location(values: readonly string[]): fc.Arbitrary<Lines> {
  return fc.tuple(fc.tuple(fc.constantFrom('Location', 'location'), fc.constantFrom(...values)));
}

/** Targets that a redirect cannot lead to, and odd ones. */
export const ODD_LOCATIONS: readonly string[] = [
  ...[
    '',
    'ftp://raw.site.test/',
    'data:text/plain,x',
    'javascript:alert(1)',
    'http://[',
    'http://u:p@raw.far.test/',
    'about:blank',
  ],
  ...[
    'file:///etc/hosts',
    'mailto:a@b',
    'http://u@raw.site.test/',
    'x:y',
    'http://',
    'blob:http://app.site.test/x',
    '//[',
    '#x',
  ],
  ...['chrome://version', 'http:///', 'http://raw.site.test:99999/', 'http://u:p@app.site.test/'],
];

export function writtenHop(redirect: fc.Arbitrary<readonly [number, Lines]> | undefined): fc.Arbitrary<WrittenHop> {
  const answer =
    redirect === undefined
      ? fc.record({
          status: fc.oneof({ weight: 20, arbitrary: okStatus }, oddStatus),
          lines: lines(cors, otherLines),
          chunks,
        })
      : fc
          .tuple(redirect, cors, chunks)
          .map(([[status, where], others, chunks]) => ({ status, lines: [...others, ...where], chunks }));
  return fc.record(
    { front: fc.constantFrom('raw', 'raw', 'raw', 'home'), far: fc.boolean(), preflight, answer },
    { requiredKeys: ['front', 'preflight', 'answer'] },
  );
}
