import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { isOrigin } from '../../src/core/origins.js';
import { type CompiledPolicy, compilePolicy } from '../../src/index.js';

const allowed: readonly [pattern: string, origin: string][] = [
  ['https://example.com', 'https://example.com'],
  ['https://example.com:8443', 'https://example.com:8443'],
  ['https://*.example.com', 'https://a.example.com'],
  ['https://*.example.com', 'https://a.b.c.example.com'],
  ['https://*.example.com', 'https://a_b-1.example.com'],
  ['https://*.example.com:8443', 'https://a.example.com:8443'],
  ['https://*.example.com:*', 'https://a.example.com'],
  ['https://*.example.com:*', 'https://a.example.com:1'],
  ['https://*.example.com:*', 'https://a.example.com:65535'],
  ['https://example.com:*', 'https://example.com'],
  ['https://example.com:*', 'https://example.com:8443'],
  ['http://localhost:*', 'http://localhost'],
  ['http://localhost:*', 'http://localhost:5173'],
  ['http://*.localhost:*', 'http://app.localhost:5173'],
  ['http://127.0.0.1:*', 'http://127.0.0.1:3000'],
  ['http://[::1]:*', 'http://[::1]:3000'],
  ['https://example.com.', 'https://example.com.'],
  ['capacitor://localhost', 'capacitor://localhost'],
  ['tauri://*.localhost', 'tauri://a.localhost'],
];

const refused: readonly [pattern: string, origin: string][] = [
  ['https://foo.com,https://bar.com', 'https://barfoo.com'],
  ['https://example.com', 'https://example.com.evil.test'],
  ['https://example.com', 'https://notexample.com'],
  ['https://example.com', 'https://exampleXcom'],
  ['https://example.com', 'https://example.community'],
  ['https://example.com', 'http://example.com'],
  ['https://example.com', 'https://example.com:443'],
  ['https://example.com', 'https://example.com:8443'],
  ['https://example.com', 'https://example.com/'],
  ['https://example.com', 'https://EXAMPLE.com'],
  ['https://example.com', 'https://example.com.'],
  ['https://example.com.', 'https://example.com'],
  ['https://example.com', 'https://example.com..'],
  ['https://*.example.com', 'https://a.example.com.'],
  ['https://example.com', 'https://example.com, https://example.com'],
  ['https://example.com', ' https://example.com'],
  ['https://example.com', 'https://example.com\n'],
  ['https://*.example.com', 'https://example.com'],
  ['https://*.example.com', 'https://.example.com'],
  ['https://*.example.com', 'https://a..example.com'],
  ['https://*.example.com', 'https://aexample.com'],
  ['https://*.example.com', 'https://[a].example.com'],
  ['https://*.example.com:*', 'https://aexample.com'],
  ['https://example.com:*', 'https://evilexample.com'],
  ['https://*.example.com', 'https://a.example.com.evil.test'],
  ['https://*.example.com', 'https://evil.com?.example.com'],
  ['https://*.example.com', 'https://evil.com#.example.com'],
  ['https://*.example.com', 'https://evil.com/.example.com'],
  ['https://*.example.com', 'https://evil.com\\.example.com'],
  ['https://*.example.com', 'https://evil.com@a.example.com'],
  ['https://*.example.com', 'https://evil.com%00.example.com'],
  ['https://*.example.com', 'https://evil.com\r\n.example.com'],
  ['https://*.example.com', 'https://a b.example.com'],
  ['https://*.example.com', 'https://ä.example.com'],
  ['https://*.example.com', 'https://a。example.com'],
  ['https://*.example.com', 'https://A.example.com'],
  ['https://*.example.com', 'http://a.example.com'],
  ['https://*.example.com', 'https://a.example.com:8443'],
  ['https://*.example.com', 'https://*.example.com'],
  ['https://*.example.com', 'https://a.example.com, https://b.example.com'],
  ['https://*.example.com', `https://${'a.'.repeat(200)}example.com`],
  ['https://*.example.com:*', 'https://a.example.com:443'],
  ['https://*.example.com:*', 'https://a.example.com:'],
  ['https://*.example.com:*', 'https://a.example.com:0'],
  ['https://*.example.com:*', 'https://a.example.com:08'],
  ['https://*.example.com:*', 'https://a.example.com:65536'],
  ['https://*.example.com:*', 'https://a.example.com:*'],
  ['http://localhost:*', 'http://localhost:80'],
  ['http://localhost:*', 'http://localhost.evil.test'],
  ['http://localhost:*', 'http://evil.localhost:80'],
  ['http://localhost:*', 'https://localhost'],
  ['http://[::1]:*', 'http://[::1'],
  ['https://a.example,https://*.example.com', 'null'],
  ['https://a.example,https://*.example.com', ''],
  ['https://a.example,https://*.example.com', 'constructor'],
  ['https://a.example,https://*.example.com', '__proto__'],
  ['https://a.example,https://*.example.com', 'toString'],
  ['https://a.example,https://*.example.com', 'https://['],
  ['https://a.example,https://*.example.com', 'https://'],
  ['https://a.example,https://*.example.com', 'https://\u0000.example.com'],
  ['https://a.example,https://*.example.com', 'https://__proto__'],
  ['https://a.example,https://*.example.com', 'https://constructor.__proto__'],
];

describe('an origin against what a policy lists', () => {
  test.each(allowed)('%s allows %j', (pattern, origin) => {
    expect(compilePolicy({ allowOrigins: `${pattern},https://other.test` }).listsOrigin(origin)).toBe(true);
  });

  test.each(refused)('%s refuses %j', (pattern, origin) => {
    expect(compilePolicy({ allowOrigins: `${pattern},https://other.test` }).listsOrigin(origin)).toBe(false);
  });

  test('patterns for one host with several schemes and ports are all kept', () => {
    const policy = compilePolicy({ allowOrigins: 'https://*.x.test:1,https://*.x.test:2,http://*.x.test:*' });
    const origins = ['https://a.x.test:1', 'https://a.x.test:2', 'http://a.x.test:9', 'https://a.x.test:3'];
    expect(origins.map(policy.listsOrigin)).toEqual([true, true, true, false]);
  });
});

describe('only what a browser could send reaches a function', () => {
  test.each([
    'https://a.example',
    'http://[::1]:8',
    'app://x',
    'app://x:443',
    'app://x:80',
    'app://x:65535',
    'capacitor://localhost',
    'https://a.example.',
  ])('%s does', (origin) => expect(isOrigin(origin)).toBe(true));

  test.each([
    undefined,
    'null',
    '',
    'app://',
    'file://',
    'https://a~b.example',
    'app://a!b',
    `https://${'a.'.repeat(150)}example`,
    'https://evil?.example.com',
    'https://[',
    // They have the form, but the URL parser refuses them, or gives back another text.
    'http://999.999.999.999',
    'https://[::::]',
    'http://[0:0:0:0:0:0:0:1]',
    'http://127.1',
    'http://0x7f',
  ])('%s does not', (origin) => expect(isOrigin(origin)).toBe(false));

  // Node.js 24 takes it, 20 and 22 do not: a function that parses the origin too will not throw in either case.
  test('https://xn-- does where the URL parser of this Node.js takes it', () => {
    expect(isOrigin('https://xn--')).toBe(URL.canParse('https://xn--'));
  });
});

test('a host is made of letters in lower case, digits, dots, hyphens and underscores', () => {
  const characters = Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code));
  const { listsOrigin } = compilePolicy({ allowOrigins: ['https://*.example', 'https://other.test'] });
  const inHosts = [...'-.0123456789_abcdefghijklmnopqrstuvwxyz'];
  expect(characters.filter((character) => listsOrigin(`https://a${character}b.example`))).toEqual(inHosts);
});

test('a host of 253 characters is looked at, and one of 254 is not', () => {
  const { listsOrigin } = compilePolicy({ allowOrigins: ['https://*.example', 'https://other.test'] });
  expect(listsOrigin(`https://${'a'.repeat(245)}.example`)).toBe(true);
  expect(listsOrigin(`https://${'a'.repeat(246)}.example`)).toBe(false);
});

/** What is looked up for an origin, as far as it is a part of the origin's host. */
function lookUps(policy: CompiledPolicy, origin: string): unknown[] {
  const has = vi.spyOn(Set.prototype, 'has');
  const get = vi.spyOn(Map.prototype, 'get');
  policy.listsOrigin(origin);
  const asked = [...has.mock.calls, ...get.mock.calls].map(([key]) => key);
  has.mockRestore();
  get.mockRestore();
  return asked.filter((key) => String(key).endsWith('test'));
}

test.each([40, 1000])(
  'one look-up for the whole origin, and at most one for its host and each dot, with %i patterns',
  (size) => {
    const patterns = Array.from({ length: size }, (_, at) => `https://*.${'x'.repeat(1 + (at % 30))}${at}`);
    const policy = compilePolicy({ allowOrigins: ['https://a.example', 'https://b.example', ...patterns] });
    expect(lookUps(policy, 'https://a.b.c.d.nowhere.test').sort()).toEqual(
      [
        'https://a.b.c.d.nowhere.test',
        'a.b.c.d.nowhere.test',
        '.b.c.d.nowhere.test',
        '.c.d.nowhere.test',
        '.d.nowhere.test',
        '.nowhere.test',
        '.test',
      ].sort(),
    );
  },
);

test('what has another length than every pattern is not looked up', () => {
  const policy = compilePolicy({ allowOrigins: ['https://*.six.test', 'https://*.seven.test:*'] });
  expect(lookUps(policy, 'https://a.b.six.a.nine.test')).toEqual(['https://a.b.six.a.nine.test']);
  expect(lookUps(policy, 'https://a.eight.test')).toEqual(['https://a.eight.test', '.eight.test']);
});

test('whatever a policy accepts is what the URL parser makes of it', () => {
  const label = fc.oneof(
    fc.constantFrom(
      'a',
      'example',
      'com',
      'xn--bcher-kva',
      'xn--a',
      '1',
      '0x1',
      '127',
      'a_b',
      '-a-',
      'ab--c',
      '1a',
      '',
    ),
    fc.string({ unit: fc.constantFrom(...'ax01-_.nß@%'), maxLength: 5 }),
  );
  const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
  const port = fc.constantFrom('', '', ':8443', ':443', ':');
  fc.assert(
    fc.property(fc.constantFrom('https://', 'http://'), host, port, (scheme, name, end) => {
      const origin = scheme + name + end;
      let accepted = true;
      try {
        compilePolicy({ allowOrigins: [origin] });
      } catch {
        accepted = false;
      }
      // What is not a URL throws. Not `URL.canParse`, which is wrong about `ß` on Node.js 20 once V8 has compiled it.
      if (accepted) expect(new URL(origin).origin).toBe(origin);
    }),
    { numRuns: 5000 },
  );
});
