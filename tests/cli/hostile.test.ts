/** Whatever a name, a value, a file or a server has in it, nothing of it commands the terminal or breaks a line. */
import { connect, createServer } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE, unsafeIn } from '../support/unsafe.js';
import { type Outcome, outcomeOf, useCommand } from './command.js';

const command = useCommand();
const APP = 'https://app.example.com';
/** As YAML, JSON and JavaScript write it in quotation marks. */
const WRITTEN = JSON.stringify(HOSTILE).slice(1, -1);

const REST = (mark: string) => `Resources:
  ${mark}:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: "${WRITTEN}"
      Body:
        openapi: "3.0.1"
        paths:
          "/pets${WRITTEN}":
            "get":
              "x-amazon-apigateway-integration": { type: aws_proxy, httpMethod: POST, uri: "${WRITTEN}" }
              responses: { "200": { headers: { Access-Control-Allow-Origin: { schema: { type: string } } } } }
            "options":
              "x-amazon-apigateway-integration":
                type: mock
                requestTemplates: { application/json: '{"statusCode": 200}' }
                responses:
                  default:
                    statusCode: "200"
                    responseParameters:
                      method.response.header.Access-Control-Allow-Origin: "'https://a.example/${WRITTEN}'"
                      method.response.header.Access-Control-Allow-Headers: "'${WRITTEN}'"
              responses: { "200": { headers: { Access-Control-Allow-Origin: {} } } }
`;

beforeAll(() => {
  const h = HOSTILE;
  command.write(`ok${h}.json`, `{ "allowOrigins": ["${APP}"] }`);
  command.write('ok.json', `{ "allowOrigins": ["${APP}"] }`);
  command.write(
    `bad${h}.json`,
    `{ "${WRITTEN}": "${WRITTEN}", "allowOrigins": ["https://${WRITTEN}"], "maxAge": "${WRITTEN}" }`,
  );
  command.write('broken.json', `{ "a": ${h}`);
  command.write(`throws${h}.mjs`, `throw new TypeError('no' + ${JSON.stringify(h)})`);
  command.write('text.mjs', `throw ${JSON.stringify(`${h}\nsecond line`)}`);
  command.write('object.mjs', `throw { a: ${JSON.stringify(h)} }`);
  command.write('rejects.mjs', `Promise.reject(${JSON.stringify(h)}); export const policy = {};`);
  command.write(
    'asks.mjs',
    `export const policy = { allowOrigins: () => { throw new Error(${JSON.stringify(h)}); } };`,
  );
  command.write(`exports${h}.mjs`, `const f = () => {}; export { f as ${JSON.stringify(`f${h}`)} };`);
  command.write(`template${h}.yaml`, REST('Api'));
  command.write('template.yaml', REST('Api'));
  command.write('alias.yaml', `"a${WRITTEN}": *b${'\u061c'}\n`);
  command.write('key.yaml', REST(`"Api${WRITTEN}"`));
  command.write('undo.json', `{ "version": 1, "region": "${WRITTEN}", "restApiId": "${WRITTEN}", "steps": [] }`);
  command.write('fine.mjs', 'export const handler = async () => ({ statusCode: 200 });');
  command.write('cors.json', `{ "${WRITTEN}": 1, "allowOrigins": ["${WRITTEN}"] }`);
});

const ORIGIN = ['--origin', APP];

const RUNS: readonly (readonly string[])[] = [
  [`frob${HOSTILE}`],
  [`--frob${HOSTILE}`],
  ['help', HOSTILE],
  ...[`ok${HOSTILE}.json`, `none${HOSTILE}.json`, `none${HOSTILE}.yaml`, 'broken.json'].map((policy) => [
    'explain',
    '--policy',
    policy,
    ...ORIGIN,
  ]),
  ...[
    ['explain', ...ORIGIN],
    ['lint', 'template.yaml'],
    ['generate', 'sam'],
    ['enable', 'template.yaml', '--dry-run'],
    ['enable', '--rest-api-id', 'a1b2c3d4e5'],
  ].map((args) => [...args, '--policy', `bad${HOSTILE}.json`]),
  ...[`throws${HOSTILE}.mjs`, 'text.mjs', 'object.mjs', 'rejects.mjs', 'asks.mjs', `exports${HOSTILE}.mjs`].map(
    (policy) => ['explain', '--policy', policy, ...ORIGIN],
  ),
  ['explain', '--policy', 'ok.json', '--origin', `https://${HOSTILE}`],
  ['explain', '--policy', 'ok.json', '--origin', `${APP}/${HOSTILE}`],
  ['explain', '--policy', 'ok.json', ...ORIGIN, '--url', `https://api.example.com/${HOSTILE}?${HOSTILE}#${HOSTILE}`],
  ['explain', '--policy', 'ok.json', ...ORIGIN, '--url', HOSTILE],
  ['explain', '--policy', 'ok.json', ...ORIGIN, '--method', HOSTILE],
  ['explain', '--policy', 'ok.json', ...ORIGIN, '--header', `X-${HOSTILE}: 1`],
  ['explain', '--policy', 'ok.json', ...ORIGIN, '--header', `X-A: ${HOSTILE}`],
  ['explain', '--policy', 'ok.json', ...ORIGIN, '--header', 'X-A: \u001b[2J\u0080\u009b31m\u007f'],
  ['explain', '--policy', 'ok.json', ...ORIGIN, '--method', 'POST', '--body', HOSTILE],
  ...[`template${HOSTILE}.yaml`, `none${HOSTILE}.yaml`, 'alias.yaml', 'key.yaml'].flatMap((template) => [
    ['explain', '--template', template, ...ORIGIN],
    ['lint', template],
    ['enable', template, '--dry-run'],
  ]),
  ['explain', '--template', 'template.yaml', ...ORIGIN, '--policy', `ok${HOSTILE}.json`],
  ['explain', '--template', 'template.yaml', ...ORIGIN, '--root', HOSTILE],
  ['lint', `template${HOSTILE}.yaml`, '--format', 'github'],
  ['lint', `template${HOSTILE}.yaml`, '--format', 'sarif'],
  ['lint', `template${HOSTILE}.yaml`, '--base', `template${HOSTILE}.yaml`],
  ['lint', 'template.yaml', '--root', HOSTILE],
  ['enable', `template${HOSTILE}.yaml`],
  ['enable', 'template.yaml', '--dry-run', '--resource', `/pets${HOSTILE}`, '--method', HOSTILE],
  ['enable', 'template.yaml', '--dry-run', '--resource', HOSTILE],
  ['lint', 'template.yaml', `template${HOSTILE}.yaml`, `none${HOSTILE}.yaml`],
  ['lint', 'template.yaml', '--format', HOSTILE],
  ['generate', HOSTILE, '--policy', 'ok.json'],
  ['generate', 'sam', '--policy', 'ok.json', '--methods', HOSTILE],
  ['enable', '--undo', 'undo.json'],
  ['enable', '--undo', `none${HOSTILE}.json`],
  ['enable', '--rest-api-id', HOSTILE, '--region', HOSTILE],
  ['enable', '--rest-api-id', 'a1b2c3d4e5', '--stage', HOSTILE, '--invoke-url', HOSTILE],
  [
    'probe',
    `https://api.example.com/${HOSTILE}`,
    ...ORIGIN,
    '--curl',
    '--header',
    'X-A: \u0080\u009b',
    '--method',
    'PUT',
  ],
  ['probe', `https://api.example.com/`, ...ORIGIN, '--curl', '--method', 'PUT', '--body', HOSTILE],
  ['probe', `http://${HOSTILE}/`, ...ORIGIN],
  ['probe', HOSTILE, ...ORIGIN, '--timeout', HOSTILE],
  ['serve', HOSTILE],
  ['serve', `none${HOSTILE}.handler`],
  ['serve', `throws${HOSTILE}.handler`],
  ['serve', `exports${HOSTILE}.other`],
  ['serve', 'fine.handler', '--source', HOSTILE],
  ['serve', 'fine.handler', '--source', 'url', '--cors', 'cors.json'],
];

function unsafe({ stdout, stderr }: Outcome): readonly string[] {
  return [...unsafeIn(stdout, '\n'), ...unsafeIn(stderr, '\n')];
}

/** `--json` too, where a command has it and it is not told otherwise. */
function withJson(args: readonly string[]): readonly (readonly string[])[] {
  const hasJson = ['explain', 'lint', 'enable', 'probe'].includes(args[0] ?? '') && !args.includes('--format');
  return hasJson ? [args, [...args, '--json']] : [args];
}

const named = RUNS.flatMap(withJson).map((args) => {
  const title = args.map((arg) => arg.replaceAll(HOSTILE, '☠').replace(/[^ -~☠]/g, '?')).join(' ');
  return [title, args] as const;
});

it.each(named)('%s', async (_, args) => {
  const outcome = await command.run(...args);
  expect(unsafe(outcome)).toEqual([]);
  expect(outcome.stderr).not.toMatch(/this is a bug|^ +at |Warning/m);
  if (args.includes('--json')) expect(() => JSON.parse(outcome.stdout)).not.toThrow();
});

/** Answers with bytes that no HTTP library would send. */
async function startRaw(answer: Buffer): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, close: () => server.close() };
}

describe('probe of a server that sends', () => {
  const BYTES = '\u0080\u009b31m\u009f\u00ad';
  it.each([
    [
      'C1 controls in every header',
      `HTTP/1.1 200 OK\r\nX-A: ${BYTES}\r\nAccess-Control-Allow-Origin: ${BYTES}\r\nServer: ${BYTES}\r\n\r\n`,
    ],
    ['them in a redirect', `HTTP/1.1 302 ${BYTES}\r\nLocation: /${BYTES}\r\nAccess-Control-Allow-Origin: *\r\n\r\n`],
    [
      'a hostile body',
      `HTTP/1.1 403 No\r\nContent-Type: text/plain\r\n\r\n${Buffer.from(HOSTILE, 'utf8').toString('latin1')}`,
    ],
    ['controls where no header may have them', 'HTTP/1.1 200 OK\r\nX-A: \u001b[2J\r\n\r\n'],
    ['no HTTP', '\u001b[2J\u009b31m'],
  ])('%s', async (_, answer) => {
    const server = await startRaw(Buffer.from(answer, 'latin1'));
    const url = `http://127.0.0.1:${server.port}/`;
    for (const json of [[], ['--json']]) {
      const outcome = await command.run('probe', url, ...ORIGIN, ...json);
      expect(unsafe(outcome)).toEqual([]);
      expect(outcome.stderr).not.toMatch(/this is a bug|^ +at /m);
    }
    server.close();
  });
});

describe('serve', () => {
  it.each([[], ['--json']].map((json) => [json.join(''), json] as const))('%s', async (_, json) => {
    command.write(
      'echo.mjs',
      `export async function handler(event) {
         if (event.path.includes('throws')) throw new Error(event.headers['x-a'] + ${JSON.stringify(HOSTILE)});
         if (event.path.includes('key')) return { statusCode: 200, [event.headers['x-a']]: 1, [${JSON.stringify(HOSTILE)}]: 1 };
         if (event.path.includes('later')) setTimeout(() => { throw ${JSON.stringify(HOSTILE)} }, 0);
         process.emitWarning(${JSON.stringify(HOSTILE)});
         return { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '\\u009b31m' } };
       }`,
    );
    const child = command.start('serve', 'echo.handler', '--port', '0', ...json);
    const outcome = outcomeOf(child);
    const port = await new Promise<number>((resolve) => {
      child.stdout?.on('data', (text: Buffer) => {
        const [, found] = /127\.0\.0\.1:(\d+)/.exec(text.toString()) ?? [];
        if (found !== undefined) resolve(Number(found));
      });
    });
    for (const path of ['/prod/a', '/prod/throws', '/prod/key', '/prod/later', '/\u009b31m', '/prod/%1b%e2%80%ae']) {
      for (const host of ['127.0.0.1', 'evil\u009b31m']) {
        await ask(
          port,
          `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://\u009b31m\u00ad\r\nX-A: \u0080\u009b\r\n\r\n`,
        );
      }
    }
    await ask(
      port,
      'OPTIONS /prod/a HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://\u009b\r\nAccess-Control-Request-Method: \u009b\r\nAccess-Control-Request-Headers: \u009b\r\n\r\n',
    );
    child.kill('SIGINT');
    expect(unsafe(await outcome)).toEqual([]);
  });
});

/** Sends bytes, and waits until something has come back or the connection has ended. */
function ask(port: number, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')));
    socket.on('error', () => resolve());
    socket.once('close', () => resolve());
    socket.once('data', () => socket.destroy());
  });
}
