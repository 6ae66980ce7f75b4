/** `enable` where somebody stops it, or says no. */
import { spawn, spawnSync } from 'node:child_process';
import type { APIGateway } from '@aws-sdk/client-api-gateway';
import { readApi } from '../../../src/infra.js';
import type { LocalStack } from './localstack.js';
import { differences } from './pets-api.js';
import type { Tally } from './tally.js';
import type { Ran } from './tools.js';

export interface Surroundings {
  readonly cli: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: (...args: readonly string[]) => Promise<Ran>;
  readonly makeIt: () => Promise<string>;
  readonly stageUrl: LocalStack['stageUrl'];
}

/** Ctrl-C in the middle, then the same again, then a deployment, then all of it back by the first file. */
export async function checkInterruption(
  tally: Tally,
  client: APIGateway,
  { cli, folder, env, command, makeIt, stageUrl }: Surroundings,
): Promise<void> {
  const id = await makeIt();
  const before = await readApi(client, id);
  const args = ['enable', '--rest-api-id', id, '--policy', 'one.json', '--yes'];
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env: { ...process.env, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    if (!stdout.includes('[3/') && `${stdout}${text}`.includes('[3/')) child.kill('SIGINT');
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  const [, done, all] = /^(\d+) of (\d+) steps are done\. Left:$/m.exec(stderr) ?? [];
  const some = Number(done) >= 3 && Number(done) < Number(all);
  tally.check('enable, interrupted: it says what is done and what is left', [
    ...(status === 2 && some ? [] : [`${status}`, stdout, stderr]),
  ]);
  const rest = await command(...args);
  const left = Number(all) - Number(done);
  tally.check('enable, interrupted: the same again goes on from there', [
    ...(rest.ok && rest.stdout.includes(`[${left}/${left}]`) && /Nothing takes effect before/.test(rest.stdout)
      ? []
      : [rest.stdout + rest.stderr]),
  ]);
  const deployed = await command(...args, '--stage', 'prod', '--invoke-url', stageUrl(id, 'prod'));
  tally.check('enable, interrupted: what is written and not deployed is deployed, and asked', [
    ...(deployed.ok && /nothing is changed.*It is deployed to prod.*✓ GET \/mock/s.test(deployed.stdout)
      ? []
      : [deployed.stdout + deployed.stderr]),
  ]);
  const [, first = ''] = /--undo (\S+)/.exec(stdout) ?? [];
  const undone = await command('enable', '--undo', first, '--yes');
  tally.check('enable, interrupted: the first file takes all of it back', [
    ...(undone.ok ? [] : [undone.stdout + undone.stderr]),
    ...differences(before, await readApi(client, id)),
  ]);
}

/** With a terminal, as `script` makes one: yes to the change, no to the deployment. */
export async function checkQuestions(
  tally: Tally,
  client: APIGateway,
  { cli, folder, env, makeIt }: Surroundings,
): Promise<void> {
  if (spawnSync('script', ['--version'], { stdio: 'ignore' }).status !== 0) {
    console.log('enable with a terminal is left out: there is no script(1) here');
    return;
  }
  const id = await makeIt();
  await client.updateRestApi({
    restApiId: id,
    patchOperations: [{ op: 'replace', path: '/name', value: 'pets\u001b[2J' }],
  });
  const command = `"${process.execPath}" "${cli}" enable --rest-api-id ${id} --policy one.json --stage prod`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd: folder, env: { ...process.env, ...env } });
  let shown = '';
  const answers = ['y\n', 'n\n'];
  child.stdout.on('data', (text) => {
    shown += text;
    if (shown.split('(y/N)').length + answers.length === 4) child.stdin.write(answers.shift() ?? '');
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  const isRight =
    /Change the API\? \(y\/N\).*is saved in.*A deployment to prod publishes every change.*Deploy all of it to prod\? \(y\/N\).*It is not deployed/s;
  tally.check('enable, with a terminal: it asks before it writes, and again before it deploys', [
    ...(status === 1 && isRight.test(shown) ? [] : [`${status}`, shown]),
  ]);
  tally.check("enable, with a terminal: the API's own texts cannot command it", [
    ...(shown.includes('pets\u001b') || !shown.includes('pets\\u001b[2J') ? [JSON.stringify(shown)] : []),
  ]);
}
