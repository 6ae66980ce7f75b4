import { quote } from '../../../core/printable.js';
import { httpTransport } from '../../../gateway.js';
import { isSelected } from '../../../infra/enable/selection.js';
import { deployTo, readStage, type StageState } from '../../../infra/live/deploy-live.js';
import type { LiveApi, Plan } from '../../../infra.js';
import { misuse } from '../../input/misuse.js';
import { findingLines } from '../../report/report-lines.js';
import { bold, dim, green, type Line, printLines, red } from '../../terminal/print.js';
import { awsMisuse, isNotFound } from './aws-fault.js';
import { confirmed } from './confirm.js';
import type { Connection } from './connect.js';
import type { Run, Stage } from './live-run.js';
import { selectionOf } from './options.js';
import { type Answer, ask, type Question, questionsOf } from './preflights.js';

export async function stageOf(
  { client, region }: Connection,
  api: LiveApi,
  name: string,
  invokeUrl: string | undefined,
): Promise<Stage> {
  const isOpen = !api.private && api.hasDefaultEndpoint;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const own = isOpen ? `https://${api.id}.execute-api.${region}.${domain}/${name}` : undefined;
  return { state: await stateOf({ client, region }, api, name), url: invokeUrl ?? own };
}

async function stateOf({ client }: Connection, api: LiveApi, name: string): Promise<StageState> {
  try {
    return await readStage(client, api, name);
  } catch (error) {
    if (isNotFound(error)) throw misuse(`REST API ${api.id} has no stage ${quote(name)}; check --stage`);
    throw awsMisuse(error);
  }
}

/** Deploys what is in the API to the stage, and asks what it answers. Returns the exit status. */
export async function deployStage(run: Run, plan: Plan, isUndo: boolean): Promise<number> {
  const { stage, connection, api, asks, options } = run;
  if (stage === undefined) return 0;
  const { name, canary } = stage.state;
  const questions = isUndo ? [] : questionsFor(run, plan);
  // A run that was interrupted may have left it undeployed: what the stage answers shows that.
  if (plan.steps.length === 0 && questions.length > 0) {
    const answers = await askAll(questions, 0);
    if (answers.every(({ ok }) => ok)) {
      printLines([...answerLines(answers), [green('✓ '), `${name} answers by it.`]]);
      return 0;
    }
    printLines([`${name} does not answer by it yet.`]);
  } else if (plan.steps.length === 0) return 0;
  printLines(deploymentLines(await stateOf(connection, api, name), plan));
  if (asks && !(await confirmed(`Deploy all of it to ${name}?`))) {
    printLines(['It is not deployed: nothing takes effect before.']);
    return 1;
  }
  if (!asks && options.yes !== true) throw misuse('it is not deployed, since nobody can be asked; give --yes');
  try {
    await deployTo(connection.client, api, name);
  } catch (error) {
    const { message } = awsMisuse(error);
    throw misuse(`it is not deployed, and nothing takes effect before: ${message}`);
  }
  printLines([[green('✓ '), canary ? `It is deployed to the canary of ${name}.` : `It is deployed to ${name}.`]]);
  if (isUndo) return 0;
  return showAnswers(questions, stage);
}

/** What else a deployment publishes, as far as it shows. */
export function deploymentLines({ name, differences, deployed }: StageState, { steps }: Plan): readonly Line[] {
  const since = deployed === undefined ? '' : `, since ${deployed.toISOString().replace(/\.\d+/, '')}`;
  const own = new Set(steps.flatMap(({ thing }) => ('path' in thing ? [`${thing.method} ${thing.path}`] : [])));
  const others = differences?.filter(({ method, path }) => !own.has(`${method} ${path}`));
  return [
    [bold(`A deployment to ${name} publishes every change that is not deployed yet, whoever made it${since}.`)],
    ...(others === undefined
      ? ['AWS does not say what is deployed, so other changes do not show.']
      : [
          others.length === 0
            ? 'Besides this plan no method is new, gone, or has other authorization.'
            : 'Besides this plan:',
          ...others.map(({ method, path, what }) => `  ${method} ${path} ${what}`),
          [dim('Changed integrations and responses do not show: AWS does not keep them to compare with.')],
        ]),
  ];
}

/** About what was changed; about everything where nothing was. */
export function questionsFor({ api, stage, policy, options }: Run, { steps }: Plan): readonly Question[] {
  if (stage?.url === undefined) return [];
  const changed = new Set(steps.flatMap(({ thing }) => ('path' in thing ? [thing.path] : [])));
  const selection = selectionOf(options);
  const paths = api.resources
    .filter(
      ({ path, methods }) =>
        (steps.length === 0 ? isSelected(path, selection) : changed.has(path)) && methods.has('OPTIONS'),
    )
    .map(({ path, methods }) => ({ path, methods: [...methods.keys()] }));
  return questionsOf(stage.url, paths, policy);
}

/** A deployment takes some seconds until all of API Gateway has it. */
const MOST_TRIES = 8;
const PAUSE = 3000;

async function askAll(questions: readonly Question[], tries: number): Promise<readonly Answer[]> {
  const transport = httpTransport();
  const answers: Answer[] = [];
  for (const question of questions) {
    let answer = await ask(question, transport);
    for (let more = tries; !answer.ok && more > 0; more -= 1) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      answer = await ask(question, transport);
    }
    // What does not come within that time for one comes for none.
    if (!answer.ok) tries = Math.min(tries, 1);
    answers.push(answer);
  }
  return answers;
}

async function showAnswers(questions: readonly Question[], { url, state }: Stage): Promise<number> {
  if (url === undefined) {
    printLines(['It is not asked: the API has no public address of its own. Name one with --invoke-url.']);
    return 0;
  }
  if (state.canary || questions.length === 0) return 0;
  const answers = await askAll(questions, MOST_TRIES);
  printLines(answerLines(answers));
  return answers.every(({ ok }) => ok) ? 0 : 1;
}

function answerLines(answers: readonly Answer[]): readonly Line[] {
  if (answers.length === 0) return [];
  const [worst] = answers.filter(({ ok, findings }) => !ok && findings.length > 0);
  return [
    [bold('Preflights, and nothing but these:')],
    ...answers.flatMap(answerLine),
    ...findingLines('Likely cause', worst?.findings.slice(0, 1) ?? []),
  ];
}

function answerLine({ path, request, allowed, ok, problem }: Answer): readonly Line[] {
  const title = `${request.method} ${path} from ${request.origin}: ${allowed === ok ? 'allowed' : 'refused'}`;
  if (ok) return [[green('✓ '), title]];
  return [[red('✗ '), title], ...(problem ?? '').split('\n').map((line) => `  ${line}`)];
}
