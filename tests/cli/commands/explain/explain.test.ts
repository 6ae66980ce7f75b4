import { beforeAll, describe, expect, it } from 'vitest';
import { lines, UNPRINTABLE, useCommand } from '../../command.js';

const command = useCommand();

beforeAll(() => {
  command.write(
    'policy.json',
    JSON.stringify({
      allowOrigins: ['https://app.example.com', 'https://*.example.org'],
      allowMethods: ['GET', 'PUT'],
      allowHeaders: ['Content-Type'],
      exposeHeaders: ['ETag'],
      allowCredentials: true,
      maxAge: 7200,
    }),
  );
  command.write('any.json', '{}');
  command.write('everything.json', '{ "exposeHeaders": "*", "maxAge": 86400, "allowHeaders": "*" }');
});

const APP = 'explain --policy policy.json --origin https://app.example.com';

/** Invocation, exit status, what it says. */
const CASES: readonly (readonly [args: string, status: 0 | 1, says: readonly string[]])[] = [
  [
    APP,
    0,
    ['1. Is CORS needed? Yes', 'simple? Yes', 'GET needs no permission', 'and the page sets no headers', '✓ Allowed.'],
  ],
  [`${APP} --url https://app.example.com/notes`, 0, ['1. Is CORS needed? No', 'the same origin', '✓ Allowed.']],
  [`${APP} --method PUT`, 0, ['simple? No', 'the method PUT is not GET, HEAD or POST', 'OPTIONS /', 'with 204']],
  [`${APP} --method PUT`, 0, ['✓ the method PUT is allowed', 'Chrome 7200 s, Firefox 7200 s, Safari 600 s']],
  [`${APP} --method PUT --credentials`, 0, ['✓ Access-Control-Allow-Credentials is true']],
  [
    `${APP} --method PATCH`,
    1,
    ['✗ the method PATCH is not allowed', '✗ Refused: MethodDisallowed', 'has been blocked'],
  ],
  [`${APP} --method PATCH`, 1, ['To fix it: add "PATCH" to allowMethods']],
  [`${APP} --header X-Tenant:1`, 1, ['the header x-tenant is not one', '✗ the header x-tenant is not allowed']],
  [`${APP} --header Content-Type:text/plain`, 0, ['simple? Yes', 'Content-Type needs no permission']],
  [`${APP} --header Content-Type:\u00a0text/plain`, 0, ['simple? No', 'the header content-type is not one of']],
  [`${APP} --header Content-Type:application/json`, 0, ['simple? No', 'the header content-type is not one of']],
  [`${APP} --header Cookie:a=b`, 0, ['simple? Yes', 'Cookie is left out: scripts may not set it']],
  [`${APP} --method POST --body {}`, 0, ['simple? Yes', 'content-type: text/plain;charset=UTF-8']],
  [`${APP}`, 0, ['What scripts may read', 'content-type', 'etag']],
  [
    'explain --policy policy.json --origin https://evil.example',
    1,
    ['✗ Refused: MissingAllowOriginHeader', 'add "https://evil.example" to allowOrigins'],
  ],
  [
    'explain --policy policy.json --origin https://evil.example --method PUT',
    1,
    ['with 403', 'is neither https://evil.example nor *', '- not checked: the status 403 is between 200 and 299'],
  ],
  ['explain --policy any.json --origin https://a.example --credentials', 1, ['✗ Refused: WildcardOriginNotAllowed']],
  ['explain --policy any.json --origin null', 0, ['✓ Access-Control-Allow-Origin is null or *']],
  [
    'explain --policy everything.json --origin https://a.example --method PUT',
    0,
    ['every header except Set-Cookie', 'Firefox 86400 s'],
  ],
];

describe('explain', () => {
  it.each(CASES)('%s → %i, %j', async (args, status, says) => {
    const outcome = await command.run(...args.split(' '));
    for (const each of says) expect(outcome.stdout).toContain(each);
    expect(outcome.stderr).toBe('');
    expect(outcome.status).toBe(status);
  });

  it('goes step by step from the question whether CORS is needed to the verdict', async () => {
    const { stdout } = await command.run(...`${APP} --method PUT`.split(' '));
    expect(lines(stdout).filter((line) => /^\d|^\S/.test(line))).toEqual([
      '1. Is CORS needed? Yes',
      '2. Is the request simple? No, so the browser sends a preflight first',
      '3. The preflight',
      '4. The request',
      '5. What scripts may read',
      '✓ Allowed. The page gets status 200.',
    ]);
  });

  it('prints no colours into a pipe', async () => {
    const { stdout } = await command.run(...APP.split(' '));
    expect(stdout).not.toMatch(UNPRINTABLE);
  });
});

describe('explain --json', () => {
  it('has the whole story as data', async () => {
    const { stdout, status } = await command.run(
      ...`${APP} --method PUT --credentials --header Cookie:a --json`.split(' '),
    );
    const report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual([
      'allowed',
      'request',
      'leftOut',
      'crossOrigin',
      'simple',
      'reasons',
      'exchanges',
      'remembered',
      'readable',
      'notes',
      'verdict',
      'findings',
    ]);
    expect(report).toMatchObject({
      allowed: true,
      request: {
        origin: 'https://app.example.com',
        url: 'https://api.example.com/',
        method: 'PUT',
        credentials: 'include',
      },
      leftOut: ['Cookie'],
      crossOrigin: true,
      simple: false,
      reasons: ['the method PUT is not GET, HEAD or POST'],
      remembered: { chromium: 7200, firefox: 7200, webkit: 600 },
      verdict: { allowed: true, status: 200 },
    });
    expect(report.exchanges.map((each: { kind: string }) => each.kind)).toEqual(['preflight', 'request']);
    expect(report.exchanges[0].checks).toHaveLength(6);
    expect(report.readable).toContain('etag');
    expect(status).toBe(0);
  });

  it('has the reason, the sentence and the remedy of a refusal', async () => {
    const { stdout, status } = await command.run(...`${APP} --method PATCH --json`.split(' '));
    const { allowed, verdict, exchanges } = JSON.parse(stdout);
    expect(allowed).toBe(false);
    expect(verdict).toEqual({
      allowed: false,
      reason: 'MethodDisallowedByPreflightResponse',
      message: expect.stringContaining('Method PATCH is not allowed'),
      fix: 'add "PATCH" to allowMethods',
    });
    const outcomes = exchanges[0].checks.map((check: { outcome: string }) => check.outcome);
    expect(outcomes).toEqual(['passed', 'passed', 'passed', 'passed', 'failed']);
    expect(exchanges[0].checks.at(-1).problem).toBe('the method PATCH is not allowed');
    expect(status).toBe(1);
  });
});

describe('explain says what else a browser looks at', () => {
  it('mixed content, before CORS', async () => {
    const { stdout, status } = await command.run(...`${APP} --url http://api.example.com/`.split(' '));
    expect(lines(stdout)).toEqual([
      '1. Is CORS needed? Yes',
      '   https://app.example.com and http://api.example.com are different origins.',
      '2. Does the browser send the request? No',
      '   The page is secure, and http:// is not.',
      '✗ Refused: MixedContent',
      "  Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but requested an insecure resource 'http://api.example.com/'. This request has been blocked; the content must be served over HTTPS.",
      '  To fix it: request "https://api.example.com/" instead, and let the API answer over https',
    ]);
    expect(status).toBe(1);
  });

  /** The page's origin, the URL, what is noted. */
  const NOTES: readonly (readonly [origin: string, url: string, note: RegExp | undefined])[] = [
    ['https://app.example.com', 'https://api.example.com/', undefined],
    ['https://app.example.com', 'http://localhost:3000/', /^localhost is the user's own .* Chrome and Firefox ask/],
    ['https://app.example.com', 'https://127.0.0.1/', /^127\.0\.0\.1 is the user's own computer/],
    ['https://app.example.com', 'http://192.168.1.5/', /^192\.168\.1\.5 is an address in the user's own network/],
    ['http://app.example.com', 'https://localhost/', /Chrome refuses, because the page is not https/],
    ['http://localhost:3000', 'http://localhost:4000/', undefined],
    ['http://192.168.1.5', 'http://localhost:4000/', undefined],
    ['null', 'http://localhost:4000/', undefined],
    ['capacitor://localhost', 'http://localhost:4000/', undefined],
  ];

  it.each(NOTES)('of a page of %s that asks %s: %s', async (origin, url, note) => {
    const args = ['explain', '--policy', 'any.json', '--origin', origin, '--url', url];
    const { notes } = JSON.parse((await command.run(...args, '--json')).stdout);
    expect(notes).toEqual(note === undefined ? [] : [expect.stringMatching(note)]);
    const { stdout } = await command.run(...args);
    if (note !== undefined) expect(stdout).toContain(`✓ Allowed. The page gets status 200.\n- ${notes[0]}\n`);
    else expect(stdout).not.toMatch(/^- /m);
  });
});

describe('explain finds what is useless or unwise in a valid policy', () => {
  const CASES: readonly (readonly [name: string, policy: object, codes: readonly string[]])[] = [
    ['nothing in the defaults', {}, []],
    ['a pattern for every site of a country', { allowOrigins: ['https://*.co.uk'] }, ['public-suffix-allowed']],
    ['a pattern for every customer of a host', { allowOrigins: ['https://*.github.io'] }, ['public-suffix-allowed']],
    ['with a port', { allowOrigins: ['https://*.amplifyapp.com:*'] }, ['public-suffix-allowed']],
    [
      'nothing in patterns below a registered name',
      { allowOrigins: ['https://*.example.co.uk', 'http://*.localhost:*', 'https://github.io', 'app://*.example'] },
      [],
    ],
    [
      'headers that no page can send',
      { allowHeaders: ['Content-Type', 'Sec-Fetch-Mode', 'Proxy-Authorization', 'Connection', 'Cookie', 'X-Sec-Tag'] },
      ['unsendable-header', 'unsendable-header', 'unsendable-header', 'unsendable-header'],
    ],
    [
      'response headers among request headers',
      { allowHeaders: ['access-control-allow-origin', 'Access-Control-Request-Method'] },
      ['response-header-allowed', 'unsendable-header'],
    ],
  ];

  it.each(CASES)('%s', async (_, policy, codes) => {
    command.write('unwise.json', JSON.stringify(policy));
    const args = ['explain', '--policy', 'unwise.json', '--origin', 'https://app.example.com'];
    const { findings } = JSON.parse((await command.run(...args, '--json')).stdout);
    expect(findings.map((finding: { code: string }) => finding.code)).toEqual(codes);
    const { stdout } = await command.run(...args);
    expect(stdout.includes('What could be better in the policy')).toBe(codes.length > 0);
    for (const finding of findings) expect(stdout).toContain(`! ${finding.title} [${finding.code}]`);
  });
});

describe('a policy is read from', () => {
  const POLICY = '{ allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] }';
  const compiled = `{ ...${POLICY}, allowHeaders: [], exposeHeaders: [], allowCredentials: false, maxAge: 60,
    dangerouslyAllowInsecureOrigins: false, listsOrigin: () => true, actual: {}, actualRefused: {}, preflight: {}, preflightRefused: {} }`;

  it.each([
    ['json.json', '{ "allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT"] }'],
    ['schema.json', '{ "$schema": "x", "allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT"] }'],
    ['byte-order-mark.json', '\uFEFF{ "allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT"] }'],
    ['default.mjs', `export default ${POLICY}`],
    ['named.mjs', `export const policy = ${POLICY}; export default () => {}`],
    ['whole.cjs', `module.exports = ${POLICY}`],
    ['named.cjs', `module.exports = { policy: ${POLICY} }`],
    ['unseen.cjs', `module.exports = Object.assign({}, { policy: ${POLICY} })`],
    ['compiled-by-another-copy.mjs', `export const policy = Object.freeze(${compiled})`],
    ['leaves-a-timer.mjs', `setInterval(() => {}, 1000); export const policy = ${POLICY}`],
  ])('%s', async (name, content) => {
    command.write(name, content);
    const args = ['explain', '--policy', name, '--origin', 'https://app.example.com', '--method'];
    expect(await command.run(...args, 'PUT')).toMatchObject({ status: 0, stderr: '' });
    expect(await command.run(...args, 'DELETE')).toMatchObject({ status: 1, stderr: '' });
  });

  it('a module with an origin function', async () => {
    command.write('function.mjs', 'export default { allowOrigins: async (origin) => origin.endsWith(".example") }');
    const args = ['explain', '--policy', 'function.mjs', '--origin'];
    expect((await command.run(...args, 'https://a.example')).status).toBe(0);
    expect((await command.run(...args, 'https://a.test')).status).toBe(1);
  });
});
