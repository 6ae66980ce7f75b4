import Table from 'cli-table3';
import type { PageRequest } from '../../../browser.js';
import { type Api, judge, linesOf, type Outcome, readApis, TemplateError, type Verdict } from '../../../infra.js';
import { misuse } from '../../input/misuse.js';
import { openNamed } from '../../input/template-files.js';
import { loadPolicy } from '../../modules/load-policy.js';
import { bold, type Line, printJson, printLines } from '../../terminal/print.js';
import { printableText } from '../../terminal/printable.js';

interface ExplainTemplateOptions {
  readonly template: string;
  readonly root?: string;
  readonly policy?: string;
  readonly json?: true;
}

interface Judged {
  readonly api: Api;
  readonly verdicts: readonly Verdict[];
}

/** What a page would see of the APIs in a template, route by route. Returns the exit status. */
export async function explainTemplate(request: PageRequest, options: ExplainTemplateOptions): Promise<number> {
  const { template, root, policy: policyFile } = options;
  const policy = policyFile === undefined ? undefined : await loadPolicy(policyFile);
  const { apis, path } = apisIn(template, root);
  if (apis.length === 0) {
    throw misuse(`${template} has no REST API, HTTP API or function URL; give the template that has the API`);
  }
  const { origin, credentials, headers } = request;
  // GET is what the option is without being given; what needs a preflight is the better question for ANY.
  const method = request.method === 'GET' ? undefined : request.method;
  const page = { origin, credentials, method, headers: headers as readonly (readonly [string, string])[], policy };
  const shown = (place: Api['key']) => whereIs(place, path, template);
  const judged = apis.map((api) => ({ api, verdicts: judge(api, page) }));
  if (options.json) printJson({ origin, apis: judged.map((each) => reported(each, shown)) });
  else printLines(judged.flatMap((each) => apiLines(each, policyFile, shown)));
  const refused = judged.some(({ verdicts }) => verdicts.some(isRefused));
  return refused ? 1 : 0;
}

function apisIn(template: string, root: string | undefined): { readonly apis: readonly Api[]; readonly path: string } {
  const named = openNamed(template, root);
  try {
    return { apis: readApis([named], { read: (path) => named.root.read(path), root: '' }), path: named.path };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw misuse(error.path === named.path ? `${template}${error.rest}` : error.message);
  }
}

function isRefused({ preflight, response }: Verdict): boolean {
  return [preflight, response].some(({ outcome, withPolicy }) => (withPolicy?.outcome ?? outcome) === 'no');
}

function reported({ api, verdicts }: Judged, shown: Shown): object {
  return {
    api: api.id,
    kind: api.kind,
    ...shown(api.key),
    gaps: api.gaps.map(({ why, place }) => ({ why, ...shown(place) })),
    routes: verdicts.map(({ place, api: _api, kind: _kind, ...verdict }) => ({ ...verdict, ...shown(place) })),
  };
}

interface Where {
  readonly file: string;
  readonly line: number;
}

type Shown = (place: Api['key']) => Where;

/** The file as the user named it, where it is that one. */
function whereIs(place: Api['key'], path: string, template: string): Where {
  const file = place.source.path === path ? template : place.source.path;
  return { file, line: linesOf(place).line };
}

const KINDS = { rest: 'REST API', http: 'HTTP API', url: 'function URL' } as const;

/** What a page asks, and which response answers it. */
const QUESTIONS = [
  ['Preflight', 'preflight'],
  ['Response', 'response'],
  ['401, 403', 'unauthorized'],
  ['Unknown path', 'notFound'],
] as const;

function apiLines({ api, verdicts }: Judged, policy: string | undefined, shown: Shown): readonly Line[] {
  const { file, line } = shown(api.key);
  const title = `${KINDS[api.kind]} ${api.id}`.trim();
  return [
    [bold(title), `, ${file}:${line}`],
    ...api.gaps.map(({ why }) => `  Not read: ${why}`),
    '',
    ...(verdicts.length === 0 ? ['No route is in it.'] : tableLines(verdicts)),
    '',
    ...notes(verdicts, policy),
    ...sentLines(verdicts),
    '',
  ];
}

function tableLines(verdicts: readonly Verdict[]): readonly string[] {
  const table = new Table({
    head: ['Method', 'Path', 'CORS is needed for', ...QUESTIONS.map(([title]) => `${title}?`)],
    style: { head: [], border: [], compact: true },
  });
  for (const verdict of verdicts) {
    const cells = [
      verdict.method,
      verdict.path,
      NEEDS[verdict.needs],
      ...QUESTIONS.map(([, key]) => cell(verdict[key])),
    ];
    table.push(cells.map(printableText));
  }
  return table.toString().split('\n');
}

const NEEDS = { preflight: 'preflight and response', response: 'the response', navigation: 'nothing' } as const;

function cell({ outcome, unless, withPolicy }: Outcome): string {
  if (withPolicy !== undefined) return `${withPolicy.outcome}, with the policy`;
  if (outcome === 'not asked') return '-';
  return unless === undefined ? outcome : `${outcome}, unless`;
}

/** Why it is so: each reason once, with what it is true of. */
function notes(verdicts: readonly Verdict[], policy: string | undefined): readonly Line[] {
  const reasons = new Map<string, Map<string, string[]>>();
  for (const verdict of verdicts) {
    for (const [title, key] of QUESTIONS) {
      const text = reason(verdict[key], policy);
      if (text === undefined) continue;
      const titles = reasons.get(text) ?? new Map<string, string[]>();
      reasons.set(text, titles.set(title, [...(titles.get(title) ?? []), `${verdict.method} ${verdict.path}`]));
    }
  }
  const wrapped = verdicts.filter(({ response, preflight }) => [response, preflight].some(isUpToFunction));
  return [
    ...[...reasons].flatMap(([text, titles]) => [
      text,
      ...[...titles].map(([title, about]) => `  ${title}: ${listed(about, verdicts.length)}`),
    ]),
    ...(wrapped.length === 0 ? [] : withCorsLines(wrapped)),
  ];
}

/** Headers that a page has to send, by which a GET needs a preflight too. */
function sentLines(verdicts: readonly Verdict[]): readonly string[] {
  const routes = new Map<string, string[]>();
  for (const { reasons, method, path } of verdicts) {
    for (const { kind, name } of reasons) {
      if (kind === 'header') routes.set(name, [...(routes.get(name) ?? []), `${method} ${path}`]);
    }
  }
  return [...routes].map(([name, about]) => `The page sends ${name} to ${listed(about, verdicts.length)}.`);
}

function listed(about: readonly string[], all: number): string {
  return about.length === all && all > 1 ? 'every route' : about.join(', ');
}

function isUpToFunction({ outcome, why }: Outcome): boolean {
  return outcome === 'unknown' && why === 'only the function knows';
}

function reason(outcome: Outcome, policy: string | undefined): string | undefined {
  const { withPolicy } = outcome;
  if (withPolicy !== undefined) return `with ${policy} in withCors: ${plainReason(withPolicy) ?? withPolicy.outcome}`;
  return plainReason(outcome);
}

function plainReason({ outcome, message, by, why, unless }: Outcome): string | undefined {
  const [, sentence = message] = /CORS policy: (.*)/.exec(message ?? '') ?? [];
  if (outcome === 'no') return `no: ${by === undefined ? '' : `${by}. `}${sentence}`;
  if (outcome === 'unknown') return `unknown: ${why}`;
  return outcome === 'yes' && unless !== undefined ? `yes, unless ${unless}` : undefined;
}

function withCorsLines(verdicts: readonly Verdict[]): readonly string[] {
  const names = [...new Set(verdicts.flatMap(({ function: name }) => name ?? []))];
  const where = names.length === 0 ? '' : ` in ${names.join(', ')}`;
  return [
    '',
    `What only the function knows, withCors settles${where}:`,
    '  export const handler = withCors(handle, policy)',
  ];
}
