import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createGateway, httpTransport } from '../../../../src/gateway.js';
import { withCors } from '../../../../src/index.js';
import { startCachingProxy } from '../../../support/caching-proxy.js';
import { APP, closeServers, FAULTS, listen, play } from '../../aws-faults.js';
import { lines, type Outcome, UNPRINTABLE, useCommand } from '../../command.js';

const command = useCommand();
afterAll(closeServers);

function probe(url: string, args = ''): Promise<Outcome> {
  return command.run('probe', url, '--origin', APP, ...args.split(' ').filter((arg) => arg !== ''));
}

describe('probe finds the likely cause:', () => {
  it.each(FAULTS)('$name', async ({ script, args, host = '127.0.0.1', path = '/notes', codes, remedy, status }) => {
    const { port } = await play(script);
    const outcome = await probe(`http://${host}:${port}${path}`, `${args ?? ''} --json`);
    const report = JSON.parse(outcome.stdout);
    expect(report.findings.map((finding: { code: string }) => finding.code)).toEqual(codes);
    for (const finding of report.findings) {
      expect(Object.keys(finding)).toEqual(['code', 'title', 'evidence', 'remedy', 'link']);
      for (const text of Object.values(finding)) expect(text).toMatch(/\S/);
    }
    expect(report.findings[0]?.remedy ?? '').toContain(remedy);
    expect(outcome).toMatchObject({ status, stderr: '' });
    expect(report.allowed).toBe(status === 0);
  });
});

describe('probe', () => {
  it('asks as a browser does, and once more from an origin that nobody lists', async () => {
    const { port, asked } = await play({});
    await probe(`http://127.0.0.1:${port}/`, '--header X-A:1');
    expect(asked).toEqual([`OPTIONS ${APP}`, `GET ${APP}`, 'GET https://lambda-cors-probe.invalid']);
  });

  it('does not repeat a request that may change something', async () => {
    const { port, asked } = await play({});
    await probe(`http://127.0.0.1:${port}/`, '--method PUT');
    expect(asked).toEqual([`OPTIONS ${APP}`, `PUT ${APP}`, 'OPTIONS https://lambda-cors-probe.invalid']);
    const simple = await play({});
    await probe(`http://127.0.0.1:${simple.port}/`, '--method POST --body a=b');
    expect(simple.asked).toEqual([`POST ${APP}`]);
  });

  it('prints the steps, the verdict and the likely cause', async () => {
    const { port } = await play(FAULTS[0]?.script ?? {});
    const { stdout, status } = await probe(`http://127.0.0.1:${port}/notes`, '--method PUT');
    expect(lines(stdout).filter((line) => /^\S/.test(line))).toEqual([
      '1. Is CORS needed? Yes',
      '2. Is the request simple? No, so the browser sends a preflight first',
      '3. The preflight',
      '✗ Refused: PreflightMissingAllowOriginHeader',
      expect.stringMatching(/^- 127\.0\.0\.1 is the user's own computer\. .* Chrome and Firefox ask the user/),
      '- To see what other origins get, probe sent the preflight once more, from https://lambda-cors-probe.invalid. The answer was 403, without Access-Control-Allow-Origin.',
      'Likely cause',
      '! The REST API has no such method at this path and stage; despite its wording, this is not about tokens [missing-authentication-token]',
    ]);
    expect(stdout).toContain('{"message":"Missing Authentication Token"}');
    expect(lines(stdout).at(-1)).toMatch(/^ {2}https:\/\/docs\.aws\.amazon\.com\/apigateway\//);
    expect(status).toBe(1);
  });

  it('sends method, headers and body', async () => {
    let seen = '';
    const port = await listen(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { host, origin, 'content-type': type, 'content-length': length } = request.headers;
      seen = `${request.method} ${request.url} ${host} ${origin} ${type} ${length} ${body}`;
      response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end();
    });
    const { status } = await probe(`http://127.0.0.1:${port}/a?b=c#d`, '--method POST --body é');
    expect(seen).toBe(`POST /a?b=c 127.0.0.1:${port} ${APP} text/plain;charset=UTF-8 2 é`);
    expect(status).toBe(0);
  });

  it('escapes what a server sends', async () => {
    const port = await listen((_, response) => {
      response.writeHead(404, { 'X-A': 'a\u009b31m\u00ad', 'X-Amzn-ErrorType': 'b\u0085' });
      response.end('\u001b]0;title\u0007\u202ered');
    });
    for (const json of ['', '--json']) {
      const { stdout } = await probe(`http://127.0.0.1:${port}/`, json);
      expect(stdout).toContain('\\u001b]0;title\\u0007\\u202ered');
      expect(stdout).toContain('a\\u009b31m\\u00ad');
      expect(stdout).not.toMatch(UNPRINTABLE);
    }
  });
});

it('does not call any check passed when the network stack rejects the response', async () => {
  const lines = ['/a', '/b'].map((location) => ['Location', location] as const);
  const { port } = await play({ response: { status: 302, lines: [...lines, ['Access-Control-Allow-Origin', '*']] } });
  const { exchanges, verdict } = JSON.parse((await probe(`http://127.0.0.1:${port}/`, '--json')).stdout);
  expect(verdict.reason).toBe('ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION');
  expect(exchanges[0].checks.map((check: { outcome: string }) => check.outcome)).toEqual(['not reached']);
});

describe('probe --json', () => {
  it('has what is in front of the function in addition to the report of explain', async () => {
    const { port } = await play({ response: { lines: [['Access-Control-Allow-Origin', APP]], body: 'hello' } });
    const report = JSON.parse((await probe(`http://127.0.0.1:${port}/`, '--method PUT --json')).stdout);
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
      'front',
      'findings',
    ]);
    expect(report.exchanges[1].response).toMatchObject({ status: 200, body: 'hello' });
    expect(report.front).toEqual({ gateway: 'unknown', cloudFront: false });
    expect(report.remembered).toEqual({ chromium: 600, firefox: 600, webkit: 600 });
  });
});

describe('probe tells of its second request', () => {
  it('when all is well', async () => {
    const { port } = await play({});
    const { stdout, status } = await probe(`http://localhost:${port}/`);
    expect(stdout).toMatch(
      /✓ Allowed\..*\n- .*\n- To see what other origins get, probe sent the request once more, from /,
    );
    expect(stdout).toContain(`The answer was 200, Access-Control-Allow-Origin: ${APP}.`);
    expect(status).toBe(0);
  });

  it('also when nothing came back', async () => {
    const port = await listen((request, response) => {
      if (request.headers.origin === APP) response.setHeader('Access-Control-Allow-Origin', APP).end();
      else request.socket.destroy();
    });
    const { stdout, status } = await probe(`http://127.0.0.1:${port}/`);
    expect(stdout).toMatch(
      /\n- To see what other origins get, probe sent the request once more, .* No answer came\.$/m,
    );
    expect(status).toBe(0);
  });

  it('and not when there was none', async () => {
    const { port, asked } = await play({});
    const { stdout } = await probe(`http://127.0.0.1:${port}/`, '--method POST --body a=b');
    expect(asked).toEqual([`POST ${APP}`]);
    expect(stdout).not.toContain('once more');
  });
});

describe('probe asks nothing that a browser does not ask', () => {
  it.each([
    ['http://api.example.com/notes', 'MixedContent', 'mixed-content', 'The page is secure, and http:// is not.'],
    ['https://api.example.com:6000/', 'ERR_UNSAFE_PORT', 'bad-port', 'Browsers keep pages from port 6000'],
  ])('%s: %s', async (url, reason, code, why) => {
    const { stdout, status } = await probe(url, '--method PUT');
    expect(lines(stdout).filter((line) => /^\S/.test(line))).toEqual([
      '1. Is CORS needed? Yes',
      '2. Does the browser send the request? No',
      `✗ Refused: ${reason}`,
      'Likely cause',
      expect.stringMatching(new RegExp(`^! .* \\[${code}\\]$`)),
    ]);
    expect(stdout).toContain(why);
    expect(status).toBe(1);
    const report = JSON.parse((await probe(url, '--method PUT --json')).stdout);
    expect(report).toMatchObject({ allowed: false, simple: false, exchanges: [], notes: [], verdict: { reason } });
    expect(report.findings.map((finding: { code: string }) => finding.code)).toEqual([code]);
  });
});

describe('probe through a cache that ignores Vary', () => {
  const handler = withCors(async () => ({ statusCode: 200, body: '' }), { allowOrigins: [APP, 'https://b.example'] });

  it('does not ask for an origin in the policy when the cache has the answer for another', async () => {
    const gateway = await createGateway({ handler, source: 'http' }).listen();
    const proxy = await startCachingProxy(gateway.url);
    await httpTransport()({ method: 'GET', url: `${proxy.url}/a`, headers: [['origin', 'https://b.example']] });
    const { stdout, status } = await probe(`${proxy.url}/a`, '--json');
    await Promise.all([proxy.close(), gateway.close()]);
    const { findings, verdict, front } = JSON.parse(stdout);
    expect(verdict).toMatchObject({
      reason: 'AllowOriginMismatch',
      fix: expect.stringMatching(/^put Origin into the key/),
    });
    expect(front).toEqual({ gateway: 'http-api', cloudFront: true });
    expect(findings.map((finding: { code: string }) => finding.code)).toEqual(['cached-response']);
    expect(findings[0].evidence).toContain(
      'Age: 7, X-Cache: Hit from cloudfront, Access-Control-Allow-Origin: https://b.',
    );
    expect(status).toBe(1);
  });

  it.each([
    [[], ['cached-response']],
    [['origin'], []],
  ])('with the key %j, the page that comes first is allowed, and this is found: %j', async (key, codes) => {
    const gateway = await createGateway({ handler, source: 'http' }).listen();
    const proxy = await startCachingProxy(gateway.url, key);
    const { stdout, status } = await probe(`${proxy.url}/a`, '--json');
    await Promise.all([proxy.close(), gateway.close()]);
    expect(JSON.parse(stdout).findings.map((finding: { code: string }) => finding.code)).toEqual(codes);
    expect(status).toBe(0);
  });
});

describe('without an answer, one line says why:', () => {
  it.each([
    ['connection-refused', (): string => 'http://127.0.0.1:2/', 'refuses connections'],
    ['dns', (): string => 'https://api.invalid/', 'api.invalid has no known address'],
    ['timed-out', async () => `http://127.0.0.1:${await listen(() => undefined)}/`, 'did not answer in time'],
    ['timed-out', async () => `http://127.0.0.1:${await listen(halfAnswer)}/`, 'did not answer in time'],
    [
      'connection-closed',
      async () => `http://127.0.0.1:${await listen(({ socket }) => socket.destroy())}/`,
      'closed the',
    ],
    ['failed', async () => `http://127.0.0.1:${await listen(switching)}/`, 'switched to another protocol'],
    ['tls', async () => `https://127.0.0.1:${await listen(() => undefined)}/`, 'does not accept TLS'],
    ['not-http', async () => `http://127.0.0.1:${await greeter()}/`, 'does not answer in HTTP'],
  ] as const)('%s', async (code, urlOf, says) => {
    const url = await urlOf();
    // A resolver may take long to find nothing.
    const timeout = `--timeout ${code === 'dns' ? 30 : 0.5}`;
    const text = await probe(url, timeout);
    expect(lines(text.stdout)).toHaveLength(1);
    expect(text.stdout).toContain(says);
    expect(text).toMatchObject({ status: 1, stderr: '' });
    const { findings, verdict } = JSON.parse((await probe(url, `${timeout} --json`)).stdout);
    expect(findings.map((finding: { code: string }) => finding.code)).toEqual([code]);
    expect(verdict.reason).toBe('ERR_FAILED');
  });

  it('with an answer to the preflight, the cause comes after the steps', async () => {
    const port = await listen((request, response) => {
      if (request.method !== 'OPTIONS') return;
      response.writeHead(204, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': '*' }).end();
    });
    const { stdout, status } = await probe(`http://127.0.0.1:${port}/`, '--method PUT --timeout 0.5');
    expect(stdout).toContain('no response');
    expect(stdout).toContain('[timed-out]');
    expect(status).toBe(1);
  });
});

function halfAnswer(_: unknown, response: { writeHead(status: number): void; write(text: string): void }): void {
  response.writeHead(200);
  response.write('and then');
}

function switching(_: unknown, response: ServerResponse): void {
  response.writeHead(101, { Upgrade: 'x', Connection: 'upgrade' }).end();
}

/** A server that speaks first, as mail servers do. */
async function greeter(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined).end('220 mail.example.com ESMTP\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return (server.address() as { readonly port: number }).port;
}

describe('probe of a function behind the local gateway', () => {
  const handler = withCors(async () => ({ statusCode: 200, body: '' }), { allowOrigins: [APP, 'https://b.example'] });

  it.each(['rest', 'http', 'http-1.0', 'url', 'alb', 'alb-multi', 'lattice-v1', 'lattice-v2'] as const)(
    '%s: with withCors there is nothing to find',
    async (source) => {
      const gateway = await createGateway({ handler, source }).listen();
      const { stdout, status } = await probe(`${gateway.url}/notes`, '--method PUT --header X-Api-Key:1 --json');
      await gateway.close();
      expect(JSON.parse(stdout)).toMatchObject({ allowed: true, findings: [] });
      expect(status).toBe(0);
    },
  );

  it.each([
    ['GET', ['no-such-stage', 'error-without-cors']],
    ['PUT', ['no-such-stage', 'authorizer-on-options']],
  ] as const)('rest: a URL without its stage, asked with %s', async (method, codes) => {
    const gateway = await createGateway({ handler, source: 'rest' }).listen();
    const { origin } = new URL(gateway.url);
    const { stdout } = await probe(`${origin}/notes`, `--method ${method} --json`);
    await gateway.close();
    const { findings } = JSON.parse(stdout);
    expect(findings.map((finding: { code: string }) => finding.code)).toEqual(codes);
    expect(findings[0].remedy).toContain('the stage');
  });

  it.each([
    [
      'a function that throws, without withCors',
      'rest',
      async () => Promise.reject(new Error('x')),
      undefined,
      'error-without-cors',
    ],
    ["a function URL's own Cors beside withCors", 'url', handler, { allowOrigins: [APP] }, 'duplicated-headers'],
  ] as const)('%s: %s', async (_, source, fn, cors, code) => {
    const gateway = await createGateway({ handler: fn, source, cors }).listen();
    const { stdout, status } = await probe(`${gateway.url}/notes`, '--json');
    await gateway.close();
    expect(JSON.parse(stdout).findings.map((finding: { code: string }) => finding.code)).toEqual([code]);
    expect(status).toBe(1);
  });
});
