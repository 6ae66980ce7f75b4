import { parseUrl } from '../../../browser/url.js';
import { quote } from '../../../core/printable.js';
import type { FullClient } from '../../../infra/live/client.js';
import { titleOf } from '../../../infra/live/thing.js';
import type { LiveApi, Plan } from '../../../infra.js';
import { type Applied, applyPlan, EnableError, planApi, readApi, TemplateError } from '../../../infra.js';
import { misuse } from '../../input/misuse.js';
import { loadPolicy } from '../../modules/load-policy.js';
import { bold, dim, green, type Line, printLines, red, yellow } from '../../terminal/print.js';
import { awsFault, awsMisuse, isNotFound } from './aws-fault.js';
import { changeLines, confirmed } from './confirm.js';
import { type Connection, connect } from './connect.js';
import type { Run } from './live-run.js';
import { type EnableLiveOptions, selectionOf } from './options.js';
import { deploymentLines, deployStage, stageOf } from './stage.js';
import { readUndo, saveUndo, type Undo } from './undo-file.js';

const DONE = 0;
const NOT_AS_WANTED = 1;
const STOPPED = 2;

/** Writes CORS into a REST API that runs, once the user has seen what that changes. */
export async function enableLive(options: EnableLiveOptions): Promise<number> {
  checkUrl(options);
  const undo = options.undo === undefined ? undefined : readUndo(options.undo);
  const id = idOf(options, undo);
  const policy = options.policy === undefined ? undefined : await loadPolicy(options.policy);
  const connection = await connect(regionOf(options, undo));
  const api = await read(connection, id);
  const stage =
    options.stage === undefined ? undefined : await stageOf(connection, api, options.stage, options.invokeUrl);
  const asks = options.yes !== true && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const run: Run = { options, connection, policy, api, stage, asks };
  return carryOut(run, undo?.plan ?? planOf(run, api));
}

function checkUrl({ invokeUrl, stage }: EnableLiveOptions): void {
  if (invokeUrl === undefined) return;
  if (!/^https?:/.test(invokeUrl) || parseUrl(invokeUrl) === undefined) {
    throw misuse(`--invoke-url ${quote(invokeUrl)} is not a URL; write it in full, such as https://api.example.com`);
  }
  if (stage === undefined) throw misuse('--invoke-url is for --stage: only what is deployed can be asked; add --stage');
}

function idOf({ restApiId, undo: file }: EnableLiveOptions, undo: Undo | undefined): string {
  const id = restApiId ?? undo?.plan.restApiId ?? '';
  if (!/^[\w-]+$/.test(id)) {
    throw misuse(`--rest-api-id ${quote(id)} is not the id of an API; it is such as a1b2c3d4e5`);
  }
  if (undo !== undefined && undo.plan.restApiId !== id) {
    throw misuse(`${file} is for the API ${undo.plan.restApiId}, not for ${id}; leave --rest-api-id out`);
  }
  return id;
}

function regionOf({ region, undo: file }: EnableLiveOptions, undo: Undo | undefined): string | undefined {
  if (undo === undefined) return region;
  if (region !== undefined && region !== undo.region) {
    throw misuse(`${file} is for ${undo.region}, not for ${region}; leave --region out`);
  }
  return undo.region;
}

async function read({ client, region }: Connection, id: string): Promise<LiveApi> {
  try {
    return await readApi(client, id);
  } catch (error) {
    if (isNotFound(error)) {
      throw misuse(
        `there is no REST API ${id} in ${region}; check the id, --region and the account (HTTP APIs are others)`,
      );
    }
    // Of one resource that is larger than a template may be.
    if (error instanceof TemplateError) throw misuse(error.message);
    throw awsMisuse(error);
  }
}

function planOf({ options, policy }: Pick<Run, 'options' | 'policy'>, api: LiveApi): Plan {
  try {
    return planApi(api, policy, selectionOf(options));
  } catch (error) {
    if (!(error instanceof EnableError)) throw error;
    throw misuse(error.message.split('\n', 1)[0] as string, error.issues);
  }
}

async function carryOut(run: Run, plan: Plan): Promise<number> {
  const { api, options, connection, asks, stage } = run;
  const { dryRun = false, yes = false } = options;
  const isUndo = options.undo !== undefined;
  printLines([headline(run), ...planLines(plan, isUndo), ...noteLines(plan, api)]);
  const isChange = plan.steps.length > 0;
  if (dryRun) {
    if (stage !== undefined && isChange) printLines(deploymentLines(stage.state, plan));
    return DONE;
  }
  if (!isChange) {
    printLines([`${titleOfApi(api)} has all of it; nothing is changed.`]);
    return stage === undefined ? DONE : deployStage(run, plan, isUndo);
  }
  if (!yes && !asks) {
    throw misuse(
      `nothing is written, since nobody can be asked; give --yes to change the API, or --dry-run to see the plan`,
    );
  }
  if (asks && !(await confirmed(isUndo ? 'Put this back?' : 'Change the API?'))) {
    printLines(['Nothing is changed.']);
    return NOT_AS_WANTED;
  }
  if (!isUndo) {
    const file = saveUndo(connection.region, plan, new Date());
    printLines([`What is there now is saved in ${file}; to put it back: lambda-cors enable --undo ${file}`]);
  }
  const applied = await apply(connection.client, plan);
  if (applied.stopped !== undefined) {
    printLines(stoppedLines(applied, isUndo), process.stderr);
    return STOPPED;
  }
  if (!isUndo) await checkTaken(run, api.id);
  printLines([[green('✓ '), isUndo ? 'It is as it was before.' : `${titleOfApi(api)} is changed.`]]);
  if (stage !== undefined) return deployStage({ ...run, api: await read(connection, api.id) }, plan, isUndo);
  printLines(['Nothing takes effect before the API is deployed: run it again with --stage, or deploy it yourself.']);
  return DONE;
}

/** Stops between two writes on Ctrl-C; a second one ends the process, as ever. */
async function apply(client: FullClient, plan: Plan): Promise<Applied> {
  const interruption = new AbortController();
  const interrupt = (): void => {
    printLines(['Stopping after this step.'], process.stderr);
    interruption.abort();
  };
  process.once('SIGINT', interrupt);
  try {
    return await applyPlan(client, plan, {
      signal: interruption.signal,
      onProgress({ step, number, total, state }) {
        if (state === 'writing') return;
        const told = state === 'there' ? ' (it is so already)' : '';
        printLines([[dim(`[${number}/${total}] `), `${titleOf(step.thing)}${told}`]]);
      },
    });
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** What was written and is not there: nothing is said to be done by its own word alone. */
async function checkTaken(run: Run, id: string): Promise<void> {
  const { steps } = planOf(run, await read(run.connection, id));
  if (steps.length === 0) return;
  throw misuse(
    'API Gateway took every write, and yet this is not as it was written; run it again:',
    steps.map(({ thing }) => titleOf(thing)),
  );
}

function headline({ connection: { region }, api }: Run): Line {
  return [bold(`${titleOfApi(api)} in ${region}`)];
}

function titleOfApi({ id, name }: LiveApi): string {
  return name === '' ? `REST API ${id}` : `REST API ${id} (${name})`;
}

function planLines({ steps, changes }: Plan, isUndo: boolean): readonly Line[] {
  if (!isUndo) return changeLines(changes);
  return steps.map(({ thing, before, after }): Line => {
    if (after === undefined) return [red('  - '), titleOf(thing)];
    return [before === undefined ? green('  + ') : yellow('  ~ '), `${titleOf(thing)}: as it was`];
  });
}

function noteLines({ notes }: Plan, { stack }: LiveApi): readonly Line[] {
  const owned =
    stack === undefined
      ? []
      : [
          `The API belongs to the CloudFormation stack ${stack}, whose next deployment may undo this: change its template too, with lambda-cors enable FILE.`,
        ];
  return [...owned.map((text): Line => [yellow('warning: '), text]), ...notes.map((text) => `note: ${text}`)];
}

function stoppedLines({ done, left, stopped }: Applied, isUndo: boolean): readonly Line[] {
  return [
    [red('lambda-cors: '), reasonOf(stopped)],
    `${done.length} of ${done.length + left.length} steps are done. Left:`,
    ...left.map(({ thing }) => `  ${titleOf(thing)}`),
    isUndo
      ? 'Run the same again to go on.'
      : 'Run the same again to go on from here; the file for --undo takes all of it back.',
  ];
}

function reasonOf(stopped: Applied['stopped']): string {
  switch (stopped?.why) {
    case 'changed':
      return `somebody else has changed this since the plan was made: ${titleOf(stopped.step.thing)}; it is left as it is`;
    case 'failed': {
      const { error, step } = stopped;
      return `${titleOf(step.thing)}: ${awsFault(error) ?? (error instanceof Error ? error.message : String(error))}`;
    }
    default:
      return 'interrupted';
  }
}
