import type { ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { lines, type Outcome, outcomeOf, UNPRINTABLE, useCommand } from '../../command.js';

const command = useCommand();
const APP = 'https://app.example.com';

beforeAll(() => {
  command.write('package.json', '{ "type": "module" }');
  command.write(
    'src/notes.js',
    `export async function handler(event) {
       const path = event.rawPath ?? event.path ?? event.raw_path;
       if (path.endsWith('/throws')) throw new Error('out of paper\\u001b[31m\\n09:24:10 request');
       if (path.endsWith('/textless')) throw Object.create(null);
       if (path.endsWith('/slow')) await new Promise((resolve) => setTimeout(resolve, 500));
       if (path.endsWith('/later')) setTimeout(() => { throw new Error('too late'); });
       console.log('called');
       const headers = { 'Access-Control-Allow-Origin': path.endsWith('/plain') ? '' : '*' };
       return { statusCode: path.endsWith('/bad') ? 'bad' : 200, headers: path.endsWith('/plain') ? {} : headers, body: path };
     }
     export const nested = { inner: handler };`,
  );
  command.write(
    'src/stream.js',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
       awslambda.HttpResponseStream.from(stream, { statusCode: 203 }).write('one');
       if (event.rawPath === '/breaks') throw new Error('off');
       if (event.rawPath === '/waits') await new Promise(() => {});
       stream.end('two');
     });`,
  );
  command.write('src/common.cjs', 'exports.handler = async () => ({ statusCode: 201 });');
  command.write(
    'src/hidden.cjs',
    'module.exports = Object.assign({}, { handler: async () => ({ statusCode: 202 }) });',
  );
  command.write('cors.json', '{ "allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT"] }');
});

interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts the gateway, sends requests to it, ends it with Ctrl-C. */
async function serve(args: string, requests: readonly Request[]): Promise<Outcome & { readonly statuses: number[] }> {
  // A space within an argument is written as @.
  const child = command.start('serve', ...args.split(' ').map((each) => each.replace('@', ' ')), '--port', '0');
  const outcome = outcomeOf(child);
  const url = await urlOf(child);
  const statuses: number[] = [];
  for (const each of requests) statuses.push(await send(url, each));
  child.kill('SIGINT');
  return { ...(await outcome), statuses };
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.on('close', () => reject(new Error(`ended: ${text}`)));
    child.stderr?.on('data', (chunk) => (text += chunk));
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const [url] = /http:\/\/[^\s"]+/.exec(text) ?? [];
      if (url !== undefined && text.includes('\n')) resolve(url);
    });
  });
}

function send(url: string, { method = 'GET', path = '/', headers = {} }: Request): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}${path}`, { method, headers, agent: false }, (incoming) => {
      incoming.resume().on('close', () => resolve(incoming.complete ? (incoming.statusCode ?? 0) : -1));
    });
    outgoing.on('error', reject).end();
  });
}

const PREFLIGHT = { method: 'OPTIONS', headers: { Origin: APP, 'Access-Control-Request-Method': 'PUT' } };

/** Request, and what the log says of it. */
const LOG: readonly (readonly [name: string, request: Request, says: RegExp])[] = [
  ['no CORS', {}, /request {3}GET \/prod\/ 200 .*- no CORS$/m],
  [
    'allowed, not with credentials',
    { headers: { Origin: APP } },
    /GET \/prod\/ from \S+ 200 .*✓ allowed without credentials$/m,
  ],
  ['refused with a cookie', { headers: { Origin: APP, Cookie: 'a=b' } }, /200 .*✗ refused: WildcardOriginNotAllowed$/m],
  ['a preflight', PREFLIGHT, /preflight OPTIONS \/prod\/ from \S+ 200 .*✗ refused: MethodDisallowedBy/m],
  ['the sentence of the console', PREFLIGHT, /^ {2}Access to fetch at 'http.*Method PUT is not allowed/m],
  ['the remedy', PREFLIGHT, /^ {2}To fix it: add "PUT" to allowMethods$/m],
  ['nothing at all', { path: '/plain', headers: { Origin: APP } }, /✗ refused: MissingAllowOriginHeader$/m],
  [
    'an error',
    { path: '/throws', headers: { Origin: APP } },
    /502 .*✗ refused[\s\S]*answered for the function: the handler threw/,
  ],
  ['a malformed result', { path: '/bad' }, /502 .*[\s\S]*answered for the function: .*statusCode/],
  ['a navigation', { headers: { Origin: APP, 'Sec-Fetch-Mode': 'navigate' } }, /- no CORS$/m],
  ['an unprintable origin', { headers: { Origin: 'a\u009b\u00adb' } }, /from a\\u009b\\u00adb 200/],
];

describe('the log of serve tells', () => {
  it.each(LOG)('%s', async (_, request, says) => {
    const { stdout, status } = await serve('src/notes.handler', [request]);
    expect(stdout).toMatch(/^src\/notes\.handler behind rest at http:\/\/127\.0\.0\.1:\d+\/prod\n/);
    expect(stdout).toMatch(says);
    expect(stdout).not.toMatch(UNPRINTABLE);
    expect(status).toBe(0);
  });

  it.each([
    ['a URL without the stage', 'src/notes.handler', '/../notes', /begin with the stage/],
    ['a function that takes too long', 'src/notes.handler --timeout 0.1', '/slow', /timed out/],
    ['a path without a route', 'src/notes.handler --route GET@/notes', '/other', /no route has the path/],
  ])('of %s what to repair, which is not the policy', async (_, args, path, says) => {
    const { stdout } = await serve(args, [{ path, headers: { Origin: APP } }]);
    expect(stdout).toMatch(
      /^ {2}To fix it: repair what made the gateway answer for the function: a policy has no effect/m,
    );
    expect(stdout).toMatch(says);
    expect(stdout).not.toContain('put withCors');
  });

  it('of a preflight without a route that OPTIONS needs one', async () => {
    const { stdout, statuses } = await serve('src/notes.handler --route PUT@/notes', [
      { ...PREFLIGHT, path: '/notes' },
    ]);
    expect(statuses).toEqual([403]);
    expect(stdout).toMatch(/^ {2}To fix it: route OPTIONS to the function too, here with another --route, or/m);
    expect(stdout).toContain('there is PUT /notes, but not OPTIONS /notes');
  });

  it("where an HTTP API's own CORS feature hides what the function allows", async () => {
    const headers = { Origin: 'https://b.example' };
    const { stdout } = await serve('src/notes.handler --source http --cors cors.json', [{ headers }]);
    expect(stdout).toContain('To fix it: add "https://b.example" to allowOrigins of the CORS feature of the HTTP API');
    expect(stdout).not.toContain('put withCors');
  });

  it.each(['/plain', '/'])('what the request is with which probe asks from its own origin: %s', async (path) => {
    const headers = { Origin: 'https://lambda-cors-probe.invalid' };
    const { stdout } = await serve('src/notes.handler', [{ path, headers }]);
    expect(stdout).toMatch(/200 .*- asked by lambda-cors probe, from an origin that nobody lists$/m);
    expect(stdout).not.toMatch(/refused|To fix it/);
  });

  it('a page of the gateway itself', async () => {
    const child = command.start('serve', 'src/notes.handler', '--port', '0');
    const outcome = outcomeOf(child);
    const url = new URL(await urlOf(child));
    await send(url.href, { method: 'POST', headers: { Origin: url.origin } });
    child.kill('SIGTERM');
    expect(await outcome).toMatchObject({ status: 0, stdout: expect.stringContaining('- same origin') });
  });

  it("the handler's errors with their stack, on stderr", async () => {
    const { stderr, statuses } = await serve('src/notes.handler', [{ path: '/throws' }]);
    expect(lines(stderr).slice(0, 2)).toEqual(['✗ Error: out of paper\\u001b[31m', '    09:24:10 request']);
    expect(stderr).toMatch(/at .*handler .*notes\.js:3/);
    expect(stderr).not.toMatch(/built\/cli\.js/);
    expect(stderr).not.toMatch(UNPRINTABLE);
    expect(statuses).toEqual([502]);
  });

  it('what is thrown outside of a request, and goes on', async () => {
    const { stderr, statuses, status } = await serve('src/notes.handler', [{ path: '/later' }, {}]);
    expect(stderr).toContain('✗ Error: too late');
    expect([statuses, status]).toEqual([[200, 200], 0]);
  });
});

describe('serve --json', () => {
  it('prints a line for each request, and what the handler logs elsewhere', async () => {
    const requests = [PREFLIGHT, { path: '/throws', headers: { Origin: APP } }, {}];
    const { stdout, stderr } = await serve('src/notes.handler --json', requests);
    const [listening, ...entries] = lines(stdout).map((line) => JSON.parse(line));
    expect(listening).toEqual({
      listening: expect.stringMatching(/^http/),
      source: 'rest',
      handler: 'src/notes.handler',
    });
    expect(entries).toMatchObject([
      { preflight: true, method: 'OPTIONS', url: '/prod/', origin: APP, status: 200, verdict: { outcome: 'refused' } },
      {
        preflight: false,
        status: 502,
        fault: expect.stringContaining('out of paper'),
        verdict: { reason: 'MissingAllowOriginHeader' },
      },
      { preflight: false, status: 200, verdict: { outcome: 'no CORS' } },
    ]);
    expect(entries[0].verdict).toMatchObject({ message: expect.any(String), fix: expect.any(String) });
    expect(stderr).toContain('called');
  });
});

describe('serve', () => {
  it.each(['rest', 'http', 'http-1.0', 'url', 'alb', 'alb-multi', 'lattice-v1', 'lattice-v2'])(
    'plays %s',
    async (source) => {
      const { stdout, statuses, status } = await serve(`src/notes.handler --source ${source}`, [
        { headers: { Origin: APP } },
      ]);
      expect(stdout).toContain(`behind ${source} at`);
      expect([statuses, status]).toEqual([[200], 0]);
    },
  );

  it.each([
    ['src/notes.nested.inner', 200],
    ['./src/notes.handler', 200],
    ['src/common.handler', 201],
    ['src/hidden.handler', 202],
  ])('runs %s', async (setting, expected) => {
    expect(await serve(setting, [{}])).toMatchObject({ statuses: [expected], status: 0 });
  });

  it('streams, and tells where a response has broken off', async () => {
    const requests = [{ path: '/breaks' }, { path: '/waits' }, {}];
    const { stdout, stderr, statuses } = await serve('src/stream.handler --source url --timeout 1', requests);
    expect(statuses).toEqual([-1, -1, 203]);
    expect(lines(stdout).filter((line) => line.includes(' 203 '))).toHaveLength(3);
    expect(stderr).toMatch(/^✗ Error: off\n.*stream\.js/);
    expect(stderr).toContain('the response broke off: Task timed out after 1.00 seconds');
  });

  it('refuses a handler that streams where nothing can be streamed', async () => {
    const { status, stderr } = await outcomeOf(command.start('serve', 'src/stream.handler', '--source', 'alb'));
    expect([status, stderr]).toEqual([2, expect.stringContaining('cannot stream')]);
  });

  it('refuses a foreign Host and says how to allow it', async () => {
    const foreign = { headers: { Host: 'evil.example' } };
    const { stdout, statuses } = await serve('src/notes.handler', [foreign, {}]);
    expect(statuses).toEqual([403, 200]);
    expect(stdout).toMatch(/ 403 [\s\S]*the host "evil\.example".*--allow-host/);
    const named = [{ headers: { Host: 'api.test' } }, { headers: { Host: 'b.test:80' } }, foreign];
    const allowed = await serve('src/notes.handler --allow-host api.test --allow-host b.test', named);
    expect(allowed.statuses).toEqual([200, 200, 403]);
  });

  it('goes on after a handler throws what has no text', async () => {
    const { stderr, statuses } = await serve('src/notes.handler', [{ path: '/textless' }, { path: '//' }, {}]);
    expect(statuses).toEqual([502, 200, 200]);
    expect(stderr).toContain('the handler threw {}');
  });

  it('takes a stage', async () => {
    const { stdout, statuses } = await serve('src/notes.handler --stage dev', [{}]);
    expect(stdout).toMatch(/at http:\S+\/dev\n/);
    expect(statuses).toEqual([200]);
  });

  it("plays the gateway's own CORS feature, whose headers come beside the function's", async () => {
    const request = { headers: { Origin: APP } };
    const { stdout } = await serve('src/notes.handler --source url --cors cors.json', [request]);
    expect(stdout).toContain('✗ refused: MultipleAllowOriginValues');
  });
});

describe('serve --route --claims', () => {
  beforeAll(() => {
    command.write(
      'src/echo.js',
      `export const handler = async ({ resource, routeKey, pathParameters, requestContext: { authorizer } }) => {
         console.log(JSON.stringify({ route: resource ?? routeKey, pathParameters, authorizer }));
         return { statusCode: 200 };
       };`,
    );
    command.write('claims.json', '{ "$schema": "x", "sub": "me", "exp": 1469818373 }');
    command.write('jwt.json', '{ "jwt": { "claims": { "sub": "me" }, "scopes": ["read"] } }');
    command.write('lambda.json', '{ "lambda": { "user": "me" } }');
    command.write('iam.json', '{ "iam": { "userId": "me" } }');
    command.write('claims.js', 'export const claims = { sub: "me" };');
    command.write('list.json', '["me"]');
    command.write('five.json', '{ "claims": 5 }');
    command.write('both.json', '{ "claims": { "sub": "me" }, "sub": "me" }');
  });

  it.each([
    [
      '--claims claims.json --route GET@/notes/{id}',
      '{"route":"/notes/{id}","pathParameters":{"id":"1"},"authorizer":{"claims":{"sub":"me","exp":"Fri Jul 29 18:52:53 UTC 2016"}}}',
    ],
    [
      '--source http --claims claims.json --route GET@/notes/{id} --route ANY@/{proxy+}',
      '{"route":"GET /notes/{id}","pathParameters":{"id":"1"},"authorizer":{"jwt":{"claims":{"sub":"me","exp":"1469818373"},"scopes":null}}}',
    ],
    [
      '--source http --claims jwt.json --route $default',
      '{"route":"$default","authorizer":{"jwt":{"claims":{"sub":"me"},"scopes":["read"]}}}',
    ],
    ['--source http --claims lambda.json', '{"route":"$default","authorizer":{"lambda":{"user":"me"}}}'],
    ['--source url --claims iam.json', '{"route":"$default","authorizer":{"iam":{"userId":"me"}}}'],
    ['--source http-1.0 --claims claims.js', '"authorizer":{"claims":{"sub":"me"},"scopes":null}}'],
  ])('%s', async (args, event) => {
    const { stdout, statuses } = await serve(`src/echo.handler ${args}`, [{ path: '/notes/1' }]);
    expect(statuses).toEqual([200]);
    expect(stdout).toContain(event);
  });

  it.each([
    ['--route get@/notes', '--route: "get /notes" is not a route as AWS writes it; write "GET /notes"'],
    ['--route GET@a --route X@/b', '--route: "X /b" is not a route, because of its method'],
    ['--source alb --route GET@/a', '--route: a load balancer has no routes'],
    ['--source alb --claims claims.json', '--claims: a load balancer passes nothing on from an authorizer'],
    ['--claims none.json', 'none.json does not exist'],
    ['--claims list.json', 'authorizer: ["me"] is not an object'],
    ['--claims five.json', 'authorizer.claims: 5 is not an object'],
    ['--claims both.json', 'authorizer.sub: "me" is not a key of authorizer'],
    ['--claims iam.json', 'authorizer.iam: {"userId":"me"} is not what a REST API passes on; write claims or lambda'],
  ])('%s is refused', async (args, says) => {
    const given = args.split(' ').map((each) => each.replace('@', ' '));
    const { status, stderr } = await command.run('serve', 'src/echo.handler', ...given);
    expect([status, stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});

it.each([
  ['', 'It runs your code with your credentials, and every page that you visit can send requests to it.\n'],
  ['--host 0.0.0.0', 'can send requests to it, and so can every machine that reaches this one.\n'],
])('serve %s says what it opens', async (args, says) => {
  const { stdout } = await serve(`src/notes.handler ${args}`.trim(), []);
  expect(stdout).toContain(says);
  const { stderr } = await serve(`src/notes.handler --json ${args}`.trim(), []);
  expect(stderr).toContain(says);
});

it('serve says that a handler has ended it', async () => {
  command.write('src/exits.js', 'export const handler = () => process.exit(3);');
  const child = command.start('serve', 'src/exits.handler', '--port', '0');
  const outcome = outcomeOf(child);
  await expect(send(await urlOf(child), {})).rejects.toThrow();
  const { status, stderr } = await outcome;
  expect([status, stderr]).toEqual([2, expect.stringContaining('src/exits.js ended the process')]);
});
