// Random CORS headers: likely ones, and ones that no policy would send, so that every refusal occurs.
import fc from 'fast-check';
import type { Lines } from './answers.js';

/** A header with zero to two lines; `likely` values let more cases through. */
function header(name: string, likely: readonly string[], odd: readonly string[], absent = 2): fc.Arbitrary<Lines> {
  const value = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...likely) }, fc.constantFrom(...odd));
  const spelled = fc.constantFrom(name, name, name.toLowerCase(), name.toUpperCase());
  const line = fc.tuple(spelled, value);
  return fc.oneof(
    { weight: absent, arbitrary: fc.constant([]) },
    { weight: 24, arbitrary: fc.tuple(line) },
    { weight: 1, arbitrary: fc.tuple(line, line) },
  );
}

const ORIGINS = ['http://app.site.test', 'http://other.test', 'http://app.site.test:8080', 'http://www.app.site.test'];

const allowOrigin = header(
  'Access-Control-Allow-Origin',
  ['{origin}', '{origin}', '{origin}', '*'],
  [
    ...ORIGINS,
    ...[
      'null',
      '',
      '{origin}, {origin}',
      '{origin} x',
      '*, *',
      '"*"',
      'true',
      '{origin}/',
      'HTTP://APP.SITE.TEST',
      'é',
    ],
    ...[
      'http://app.site.test:80',
      'app.site.test',
      '//app.site.test',
      'http://',
      'http://*.site.test',
      '{origin},',
      'NULL',
    ],
    ...[
      'https://app.site.test',
      'data:x',
      'about:blank',
      'http:app.site.test',
      '{origin};',
      ' {origin} ',
      '**',
      'a:b',
      '/',
    ],
    ...[
      'http://[',
      'http://a b',
      'null, null',
      '{origin}\t{origin}',
      'http://app.site.test?',
      'http://%',
      'chrome://x',
    ],
    ...['http://a^b/', 'http://app.site.test:99999', 'http://1.2.3.4.5', 'file:///', 'mailto:a@b', '-'],
  ],
  1,
);
const allowCredentials = header(
  'Access-Control-Allow-Credentials',
  ['true'],
  ['True', 'TRUE', 'false', '', 'true, true', ' true ', '1', '*', 'é', 'yes', '"true"'],
);
const allowMethods = header(
  'Access-Control-Allow-Methods',
  ['{method}', '*', 'GET, POST, PUT, DELETE, PATCH', 'GET,HEAD,{method}'],
  [
    '',
    ',',
    'put',
    'PUT DELETE',
    '"PUT"',
    'é',
    '(',
    'PUT;',
    ',,{method},,',
    '\t{method}\t',
    '{method}, a b',
    '[*]',
    '@',
    'patch',
  ],
);
const allowHeaders = header(
  'Access-Control-Allow-Headers',
  ['{headers}', '*', '*, Authorization', 'X-A,Content-Type,X-B', 'Content-Type,Authorization,X-A'],
  ['', ',', 'x-a x-b', '"x-a"', 'é', 'x-a:', ',,{headers},,', '{headers}, a b', 'authorization', '@', 'Range, Accept'],
);
export const maxAge = header(
  'Access-Control-Max-Age',
  ['0', '600', '86400'],
  [
    ...[
      '-1',
      '+9',
      'x',
      '',
      '1e3',
      '  60  ',
      '007',
      '60, 60',
      '99999999999999999999',
      '-0',
      '60s',
      '1.5',
      '-9223372036854775808',
    ],
    ...[
      '9223372036854775807',
      '9223372036854775808',
      '9223372036854',
      '9223372036855',
      '-9223372036855',
      '-9223372036854775809',
    ],
    ...['18446744073709551616', '4294967296', '2147483648', '+', '-', '--1', '0x10', '٣'.slice(1), '+0', '-007', '- 1'],
  ],
  3,
);
const exposeHeaders = header(
  'Access-Control-Expose-Headers',
  ['*', 'X-A', 'x-a, X-B, ETag'],
  [
    '',
    'set-cookie',
    'a b',
    '"x-a"',
    ', ,x-a',
    '*, x-a',
    'é, x-a',
    'X-A,',
    'x-a;',
    'date, connection',
    '**',
    'X-EMPTY',
    '@,*',
  ],
  4,
);

/** Each header is on any response, whether it means something there or not. */
export const cors: fc.Arbitrary<Lines> = fc
  .tuple(allowOrigin, allowCredentials, allowMethods, allowHeaders, exposeHeaders)
  .map((all) => all.flat());
