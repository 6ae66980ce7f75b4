// Random requests of a page.
import { METHODS } from 'node:http';
import fc from 'fast-check';
import { normalizeMethod } from '../../src/browser/methods.js';
import type { Step } from './case.js';

const method = fc.oneof(
  { weight: 24, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD') },
  {
    weight: 10,
    arbitrary: fc.constantFrom(
      ...['PATCH', 'patch', 'put', 'get', 'Post', 'delete', 'OPTIONS', 'options', 'head', 'PURGE', 'X!', '*', 'QUERY'],
      ...['CHICKEN', 'M-SEARCH', 'null', 'LOCK'],
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('TRACE', 'connect', 'Track', 'IN VALID', '', 'GÉT') },
);

function padded(start: string, length: number): string {
  return start.padEnd(length, 'x');
}

/** At the edges of what needs no preflight, and beyond. */
const edge: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(
    fc.constantFrom('Accept', 'accept'),
    fc.constantFrom(
      ...['*/*', 'application/json', 'text/html;q=0.8, */*', '', 'a"b', 'a(b', 'a\tb', 'a{b', 'a:b', 'a@b', 'é'],
      ...[padded('', 128), padded('', 129), ` ${padded('a', 128)} `],
    ),
  ),
  fc.tuple(
    fc.constantFrom('Accept-Language', 'Content-Language'),
    fc.constantFrom('en', 'de-CH, fr;q=0.5', 'en_US', '', '*', 'en\tde', 'é', padded('en', 128), padded('en', 129)),
  ),
  fc.tuple(
    fc.constantFrom('Content-Type', 'content-type'),
    fc.constantFrom(
      ...[
        'text/plain',
        'TEXT/PLAIN;charset=utf-8',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ],
      ...[
        'application/json',
        'text/plain, application/json',
        'text/plain;a="b"',
        'text/plain;',
        'text/ plain',
        ' text/plain ',
      ],
      ...[
        '',
        'text',
        'text/',
        '/plain',
        'text/plain;(x',
        'text/plain;x="',
        'text/plain;x="\\',
        '*/*',
        'text/html',
        'text/plain/x',
        'text/plain;charset',
        'text /plain',
      ],
      ...['text/plain ;x', 'text/plain,', padded('text/plain;x=', 128), padded('text/plain;x=', 129), 'text/plain\t;x'],
    ),
  ),
  fc.tuple(
    fc.constantFrom('Range', 'range'),
    fc.constantFrom(
      ...['bytes=0-', 'bytes=0-99', 'bytes=-5', 'bytes=5-3', 'bytes=0-1,3-4', 'bytes = 0-1', 'bytes=00-7', 'items=0-1'],
      ...[
        'bytes=0-9223372036854775807',
        'bytes=0-9223372036854775808',
        'bytes=9223372036854775807-',
        'bytes=',
        'bytes=-',
      ],
      ...['bytes=9223372036854775808-', 'bytes=0 -1', 'bytes=0- 1', 'Bytes=0-1', 'bytes=0-99999999999999999999'],
      ...['bytes=\t0-1', 'bytes=0-18446744073709551615', 'bytes=+0-1', 'bytes=1-1', ''],
    ),
  ),
  fc.tuple(
    fc.constantFrom(
      ...['DPR', 'Width', 'Viewport-Width', 'Downlink', 'RTT', 'ECT', 'Save-Data', 'Device-Memory', 'Sec-CH-UA-Arch'],
      ...['Upgrade-Insecure-Requests', 'Intervention', 'Purpose', 'Last-Event-ID', 'Early-Data', 'Priority'],
    ),
    fc.constantFrom(
      ...[
        '1',
        '1.5',
        'on',
        'ON',
        '4g',
        '3g',
        '4G',
        '5g',
        'x',
        '',
        '-1',
        '+1',
        '01',
        '1.',
        '.5',
        '1e3',
        '1.5.',
        '1 ',
        '0x1',
      ],
      ...['99999999999999999999', 'slow-2g', 'inf', 'nan', '2147483648', '1;q'],
    ),
  ),
);

/** Without `Content-Length` and the like, which would make the request one that cannot be sent. */
const named: fc.Arbitrary<readonly [string, string]> = fc.tuple(
  fc.constantFrom(
    ...['X-A', 'x-a', 'X-B', 'X-A', 'X-B', 'Authorization', 'authorization', 'If-None-Match', 'X-Requested-With', '*'],
    ...['Cookie', 'Origin', 'Host', 'Sec-X', 'Proxy-X', 'Via', 'Referer', 'DNT', 'Date', 'X-HTTP-Method-Override'],
    ...[
      'X-Method-Override',
      'Access-Control-Request-Method',
      'Access-Control-Request-Headers',
      'Set-Cookie',
      'User-Agent',
    ],
    ...['X-Api-Key', 'X-Amz-Date', "!#$%&'*+.^_`|~", 'Accept-Charset', 'Pragma', 'Cache-Control'],
    ...['constructor', '__proto__', 'toString'],
    ...['Sec', 'Proxy', 'Content-Location', 'Content-Encoding', 'Access-Control-Request-Private-Network'],
  ),
  fc.constantFrom('1', 'x, y', 'TRACE', 'GET, TRACK', '', 'Basic dTpw', 'é', 'a\tb', 'no-cache', '\xa0a\xa0'),
);

const invalid: fc.Arbitrary<readonly [string, string]> = fc.constantFrom<[string, string]>(
  ['X A', '1'],
  ['', '1'],
  ['X-A', 'a\nb'],
  ['X-A', 'a\0b'],
  ['X-A', '✓'],
  ['X-É', '1'],
  ['X:A', '1'],
);

const headers = fc.oneof(
  { weight: 10, arbitrary: fc.constant(undefined) },
  { weight: 8, arbitrary: fc.array(fc.oneof({ weight: 3, arbitrary: named }, edge), { minLength: 1, maxLength: 4 }) },
  { weight: 3, arbitrary: fc.array(edge, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: longInAll() },
  { weight: 1, arbitrary: fc.tuple(named, invalid) },
);

/** Each of them short enough, together longer than 1024 bytes, or just not. */
function longInAll(): fc.Arbitrary<readonly (readonly [string, string])[]> {
  const digits = '1'.padStart(128, '0');
  return fc.integer({ min: 0, max: 128 }).map((length) => [
    ['Accept', padded('', 128)],
    ['Accept-Language', padded('', 128)],
    ['Content-Language', padded('', 128)],
    ['Content-Type', padded('text/plain;', 128)],
    ['DPR', digits],
    ['Width', digits],
    ['RTT', digits],
    ['Downlink', digits],
    ['Device-Memory', digits.slice(0, length)],
  ]);
}

const body = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom('', 'hello', '{"a":1}', 'é✓', 'x'.repeat(5000)) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 20 }) },
);

export const credentials = fc.constantFrom('omit', 'same-origin', 'include', 'include', undefined);

/** What the URL parser rewrites, or keeps as it is. */
const SUFFIXES: readonly string[] = [
  ...['?', '?x=1', `?q='"<>\`{}[]\\ ü`, '/é ü✓', '/%zz?%zz', '/a/../b/./c', '//x', '/x/%2e%2e/y', '/%2F', '/;p=1'],
  ...['/"<>`{}[]', '/\\a', '/\t\na\r', '/a?b?c', '/%E9', '?%E9&é', '/~!$&()*+,=:@', '/\u0001\u007f', '/😀?😀'],
];

export const step: fc.Arbitrary<Step> = fc
  .record({
    method: fc.option(method, { nil: undefined }),
    headers,
    body,
    credentials,
    suffix: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.constantFrom(...SUFFIXES)),
    fragment: fc.constantFrom(undefined, undefined, undefined, 'fragment', ''),
  })
  .chain((request) => fc.boolean().map((keep) => tidy(request, keep)));

/**
 * A body with GET is an error; not one in every second case. And none with a method that Node.js does not know: it
 * answers 400 before it has read the body, and whether that answer still arrives is a race.
 */
function tidy({ body, ...request }: Parameters<typeof clean>[0] & { body: Step['body'] }, keep: boolean): Step {
  const { method = 'GET' } = request;
  const without = /^(get|head)$/i.test(method) && (keep || body === '' || typeof body !== 'string');
  const unknown = !METHODS.includes(normalizeMethod(method));
  return clean({ ...request, body: without || unknown ? undefined : body });
}

/** Without keys that JSON does not keep. */
function clean(step: { readonly [Key in keyof Step]?: Step[Key] | undefined }): Step {
  return JSON.parse(JSON.stringify(step)) as Step;
}
