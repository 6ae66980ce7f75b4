import type { Finding } from '../evidence/finding.js';
import { bold, dim, green, type Line, red, yellow } from '../terminal/print.js';
import type { Check } from './checks.js';
import { REAL_ENGINES, type Report, type ReportedRequest } from './report.js';

/** A report as text, step by step. */
export function reportLines(report: Report): readonly Line[] {
  const steps = [
    neededStep(report),
    ...(report.exchanges.length === 0 ? [blockedStep(report)] : report.crossOrigin ? [simpleStep(report)] : []),
    ...report.exchanges.map((exchange) => exchangeStep(exchange, report)),
    ...(report.verdict.allowed ? [readableStep(report)] : []),
  ];
  const numbered = steps.flatMap(([title, lines], at) => [
    [bold(`${at + 1}. ${title}`)],
    ...lines.map((line) => indent(line, '   ')),
    '',
  ]);
  const notes = report.notes.map((note): Line => [dim('- '), note]);
  return [...numbered, ...verdictLines(report), ...notes];
}

/** Findings as text, under a heading; nothing if there are none. */
export function findingLines(heading: string, findings: readonly Finding[]): readonly Line[] {
  if (findings.length === 0) return [];
  const lines = findings.flatMap(({ code, title, evidence, remedy, link }): Line[] => [
    [yellow('! '), title, ` [${code}]`],
    ['  Seen: ', evidence],
    ['  To fix it: ', remedy],
    [dim(`  ${link}`)],
  ]);
  return ['', [bold(heading)], ...lines];
}

type Step = readonly [title: string, lines: readonly Line[]];

function neededStep({ request, crossOrigin }: Report): Step {
  const { origin, url } = request;
  const target = new URL(url).origin;
  return crossOrigin
    ? ['Is CORS needed? Yes', [`${origin} and ${target} are different origins.`]]
    : ['Is CORS needed? No', [`The page and the URL have the same origin, ${target}: the page may read any response.`]];
}

/** Before any request, so there is nothing to check. */
function blockedStep({ request, verdict }: Report): Step {
  const { protocol, port, origin } = new URL(request.url);
  const why =
    !verdict.allowed && verdict.reason === 'MixedContent'
      ? `The page is secure, and ${protocol}// is not.`
      : `Browsers keep pages from port ${port} of ${origin}.`;
  return ['Does the browser send the request? No', [why]];
}

function simpleStep({ request, simple, reasons, leftOut }: Report): Step {
  const left = leftOut.map((name) => `${name} is left out: scripts may not set it`);
  if (!simple) return ['Is the request simple? No, so the browser sends a preflight first', [...reasons, ...left]];
  const names = request.headers.map(([name]) => name).filter((name) => !leftOut.includes(name));
  const headers = names.length === 0 ? 'the page sets no headers' : `${names.join(', ')} needs no permission`;
  return [
    'Is the request simple? Yes, so there is no preflight',
    [`${request.method} needs no permission, and ${headers}`, ...left],
  ];
}

function exchangeStep({ kind, request, response, checks }: ReportedRequest, report: Report): Step {
  const title = kind === 'preflight' ? 'The preflight' : 'The request';
  const { pathname, search } = new URL(request.url);
  const shown = request.url.startsWith(new URL(report.request.url).origin) ? `${pathname}${search}` : request.url;
  const sent: Line[] = [[`${request.method} ${shown}`], ...headerLines(request.headers)];
  if (response === undefined) return [title, [...sent, [red('no response')]]];
  const remembered = kind === 'preflight' && report.remembered !== undefined && !failed(checks);
  return [
    title,
    [
      ...sent,
      [`is answered with ${response.status}`],
      ...headerLines(response.headers),
      ...(response.status >= 400 && response.body !== undefined ? [indent([dim(response.body)], '  ')] : []),
      ...checks.map(checkLine),
      ...(remembered ? [rememberedLine(report)] : []),
    ],
  ];
}

function failed(checks: ReportedRequest['checks']): boolean {
  return checks.some(({ outcome }) => outcome === 'failed');
}

function headerLines(headers: readonly (readonly [string, string])[]): readonly Line[] {
  return headers.map(([name, value]) => [dim(`  ${name}: `), value]);
}

function checkLine({ check, outcome, problem = check }: Check): Line {
  if (outcome === 'passed') return [green('✓'), ` ${check}`];
  if (outcome === 'failed') return [red('✗'), ` ${problem}`];
  return [dim(`- not checked: ${check}`)];
}

const BROWSERS = { chromium: 'Chrome', firefox: 'Firefox', webkit: 'Safari' } as const;

function rememberedLine({ remembered }: Report): Line {
  const times = REAL_ENGINES.map((name) => `${BROWSERS[name]} ${remembered?.[name]} s`);
  return `Kept by the browser: ${times.join(', ')}.`;
}

function readableStep({ readable }: Report): Step {
  return [
    'What scripts may read',
    [`the status and the body${readable.length === 0 ? '' : `, and ${readable.join(', ')}`}`],
  ];
}

function verdictLines({ verdict }: Report): readonly Line[] {
  if (verdict.allowed) {
    const from = verdict.redirected ? ` of ${verdict.url}` : '';
    return [[green('✓ Allowed.'), ` The page gets status ${verdict.status}${from}.`]];
  }
  return [
    [red('✗ Refused: '), red(verdict.reason)],
    ['  ', verdict.message],
    ['  To fix it: ', verdict.fix],
  ];
}

function indent(line: Line, by: string): Line {
  return typeof line === 'string' ? `${by}${line}` : [by, ...line];
}
