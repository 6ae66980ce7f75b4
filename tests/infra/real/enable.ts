/** `enable` on a REST API that runs, from the command line on, with LocalStack in place of AWS. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { httpTransport } from '../../../src/gateway.js';
import { readApi } from '../../../src/infra.js';
import { checkInterruption, checkQuestions } from './enable-stops.js';
import type { LocalStack } from './localstack.js';
import { ALLOWED, differences, makeApi, serveBackend } from './pets-api.js';
import type { Tally } from './tally.js';
import { type Ran, ROOT, run } from './tools.js';

const REFUSED = 'https://evil.example';
const POLICY = {
  allowOrigins: [ALLOWED, 'https://admin.example.com'],
  allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
  allowHeaders: ['Content-Type', 'Authorization'],
  exposeHeaders: ['X-Total'],
  allowCredentials: true,
};
const ONE_ORIGIN = { ...POLICY, allowOrigins: ALLOWED };

export async function checkEnable(tally: Tally, { url, stageUrl }: LocalStack): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-enable-'));
  // Inside of the project, where the client of API Gateway is.
  const cli = join(ROOT, 'node_modules/.cache/lambda-cors/enable.mjs');
  await run(process.execPath, [join(ROOT, 'scripts/build-cli.js'), cli]);
  const backend = await serveBackend();
  const env = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    NO_COLOR: '1',
    // Of the SDK, about this version of Node.js.
    NODE_NO_WARNINGS: '1',
  };
  const client = new APIGateway({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  writeFileSync(join(folder, 'several.json'), JSON.stringify(POLICY));
  writeFileSync(join(folder, 'one.json'), JSON.stringify(ONE_ORIGIN));
  const command = (...args: readonly string[]): Promise<Ran> =>
    run(process.execPath, [cli, ...args], { cwd: folder, env });

  try {
    for (const policy of ['several', 'one']) {
      const id = await makeApi(client, backend.url);
      const base = stageUrl(id, 'prod');
      const enable = (...more: readonly string[]): Promise<Ran> =>
        command(
          'enable',
          '--rest-api-id',
          id,
          '--policy',
          `${policy}.json`,
          '--invoke-url',
          base,
          '--stage',
          'prod',
          ...more,
        );
      const probe = (path: string, origin: string, method = 'GET'): Promise<Ran> =>
        command(
          'probe',
          `${base}${path}`,
          '--origin',
          origin,
          '--method',
          method,
          '--credentials',
          '--header',
          'Content-Type: application/json',
        );
      const before = await readApi(client, id);

      const dry = await enable('--dry-run');
      tally.check(`enable, ${policy}: --dry-run shows the plan and writes nothing`, [
        ...(dry.ok && /OPTIONS \/mock/.test(dry.stdout) ? [] : [dry.stdout + dry.stderr]),
        ...differences(before, await readApi(client, id)),
      ]);
      tally.check(`enable, ${policy}: it warns that the API belongs to a stack`, [
        ...(/warning: The API belongs to the CloudFormation stack zoo/.test(dry.stdout) ? [] : [dry.stdout]),
      ]);
      const unasked = await enable();
      tally.check(`enable, ${policy}: without a terminal nothing is written`, [
        ...(!unasked.ok && /nobody can be asked/.test(unasked.stderr) ? [] : [unasked.stdout + unasked.stderr]),
        ...differences(before, await readApi(client, id)),
      ]);
      backend.methods();
      const first = await enable('--yes');
      tally.check(`enable, ${policy}: it is written, deployed, and answers preflights by the policy`, [
        ...(first.ok && !/✗/.test(first.stdout) ? [] : [first.stdout + first.stderr]),
      ]);
      tally.check(`enable, ${policy}: the backend has got no request but preflights`, backend.methods());
      for (const [path, method] of ROUTES) {
        const asks = UNPLAYED.includes(path) || (policy === 'several' && path === '/http');
        const allowed = await probe(path, ALLOWED, method);
        tally.check(`enable, ${policy}: a page of the policy may ${asks ? 'ask' : 'read'} ${method} ${path}`, [
          ...(allowed.ok || (asks && /The request\n/.test(allowed.stdout)) ? [] : [allowed.stdout + allowed.stderr]),
        ]);
        const refused = await probe(path, REFUSED, method);
        tally.check(
          `enable, ${policy}: a page of another origin is refused ${method} ${path}`,
          refused.ok || /The request\n/.test(refused.stdout) ? [refused.stdout] : [],
        );
      }
      const enabled = await readApi(client, id);
      const again = await enable('--yes');
      tally.check(`enable, ${policy}: once more it changes nothing`, [
        ...(again.ok && /nothing is changed/.test(again.stdout) ? [] : [again.stdout + again.stderr]),
        ...differences(enabled, await readApi(client, id)),
      ]);
      const file = readdirSync(folder).find((name) => name.includes(`undo-${id}`)) ?? '';
      const undone = await command('enable', '--undo', file, '--yes', '--stage', 'prod');
      tally.check(`enable, ${policy}: --undo puts back what was there`, [
        ...(undone.ok ? [] : [undone.stdout + undone.stderr]),
        ...differences(before, await readApi(client, id)),
      ]);
      const status = await preflightStatus(`${base}/mock`);
      tally.check(`enable, ${policy}: then nothing answers OPTIONS`, status === 403 ? [] : [`status ${status}`]);
    }
    const makeIt = (): Promise<string> => makeApi(client, backend.url);
    const surroundings = { cli, folder, env, command, makeIt, stageUrl };
    await checkInterruption(tally, client, surroundings);
    await checkQuestions(tally, client, surroundings);
    for (const [args, says] of MISUSES) {
      const id = await makeApi(client, backend.url);
      const ran = await command('enable', ...args.map((arg) => arg.replace('ID', id)), '--yes');
      const isOneLine = ran.stderr.trim().split('\n').length === 1;
      tally.check(`enable ${args.join(' ')}: one line, and nothing is written`, [
        ...(!ran.ok && says.test(ran.stderr) && isOneLine ? [] : [ran.stdout + ran.stderr]),
      ]);
    }
  } finally {
    await backend.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const MISUSES: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [['--rest-api-id', 'nothere'], /there is no REST API nothere in us-east-1/],
  [['--rest-api-id', 'ID', '--stage', 'test'], /has no stage "test"/],
  [['--rest-api-id', 'ID', '--resource', '/dogs'], /there is no resource "\/dogs"/],
];

const ROUTES = [
  ['/mock', 'GET'],
  ['/any', 'PUT'],
  ['/http', 'GET'],
  ['/http-proxy', 'PUT'],
  ['/lambda', 'POST'],
  ['/lambda-proxy', 'GET'],
  ['/aws', 'GET'],
  ['/mock-with-options', 'GET'],
] as const;

/** What LocalStack does not run here: only the preflight can be judged. */
const UNPLAYED = ['/lambda', '/lambda-proxy', '/aws'];

async function preflightStatus(url: string): Promise<number> {
  const headers = [
    ['origin', ALLOWED],
    ['access-control-request-method', 'PUT'],
  ] as const;
  return (await httpTransport()({ method: 'OPTIONS', url, headers })).status;
}
