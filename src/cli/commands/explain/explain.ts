import { browse, inProcess, type PageRequest, readableHeaders } from '../../../browser.js';
import { SAFELISTED_RESPONSE_HEADERS } from '../../../core/readable-headers.js';
import { type CompiledPolicy, withCors } from '../../../index.js';
import type { Finding } from '../../evidence/finding.js';
import { policyFindings } from '../../evidence/policy.js';
import { settleDown } from '../../input/background.js';
import { type Misuse, misuse } from '../../input/misuse.js';
import { type RequestOptions, toPageRequest } from '../../input/request-options.js';
import { settle, tellingWait } from '../../input/settle.js';
import { faultText } from '../../input/thrown.js';
import { loadPolicy } from '../../modules/load-policy.js';
import { makeReport, type Report } from '../../report/report.js';
import { findingLines, reportLines } from '../../report/report-lines.js';
import { printJson, printLines } from '../../terminal/print.js';
import { explainTemplate } from './template.js';

interface ExplainOptions extends RequestOptions {
  readonly policy?: string;
  readonly template?: string;
  readonly root?: string;
  readonly url: string;
}

interface ExplainReport extends Report {
  /** What is useless or unwise in the policy, whatever the request. */
  readonly findings: readonly Finding[];
}

/** Shows what a browser would do with a policy, without a server. Returns the exit status. */
export async function explain(options: ExplainOptions): Promise<number> {
  const request = toPageRequest(options.url, options);
  const { template } = options;
  if (template !== undefined) return explainTemplate(request, { ...options, template });
  const path = options.policy;
  if (path === undefined) {
    throw misuse('--policy and --template are missing; add one of them, for example --policy cors.json');
  }
  if (options.root !== undefined) throw misuse('--root is for --template; add that, or leave it out');
  const policy = await loadPolicy(path);
  const report = await settle(
    tellingWait(`Asking ${path} about the origin`, explainPolicy(request, policy, path)),
    `${path} never says whether an origin is allowed, because the promise of its allowOrigins does not settle; fix that first`,
  );
  // What its allowOrigins has left behind may fail now.
  await settleDown();
  const explained: ExplainReport = { ...report, findings: policyFindings(policy) };
  if (options.json) printJson(explained);
  else {
    printLines([...reportLines(report), ...findingLines('What could be better in the policy', explained.findings)]);
  }
  return report.allowed ? 0 : 1;
}

async function explainPolicy(request: PageRequest, policy: CompiledPolicy, path: string): Promise<Report> {
  const faults: Misuse[] = [];
  // What it is told is about allowOrigins: the handler does nothing that could fail.
  const logger = {
    warn: (message: string) => printLines([`${path}: ${message.replace('lambda-cors: ', '')}`], process.stderr),
    error: (_message: string, error?: unknown) =>
      void faults.push(misuse(`${path}: its allowOrigins threw ${faultText(error)}; fix that first`)),
  };
  const handler = withCors(async () => ({ statusCode: 200, body: '' }), policy, { logger });
  const page = await browse(request, inProcess(handler));
  for (const fault of faults) throw fault;
  const report = makeReport(request, page);
  const response = page.exchanges.at(-1)?.response;
  if (!page.verdict.allowed || response === undefined) return report;
  // Nobody knows which headers a handler will send, so these are the ones that scripts could read.
  const exposed = policy.exposeHeaders === '*' ? [] : policy.exposeHeaders;
  const possible = [...SAFELISTED_RESPONSE_HEADERS, ...exposed].map((name) => [name, 'any'] as const);
  const { type } = page.verdict;
  const names = Object.keys(
    readableHeaders(type, request.credentials ?? 'same-origin', [...response.headers, ...possible]),
  );
  const every = type === 'basic' || policy.exposeHeaders === '*';
  return { ...report, readable: every ? ['every header except Set-Cookie'] : names };
}
