import { browse, inProcess, type PageRequest, readableHeaders } from '../browser.js';
import { SAFELISTED_RESPONSE_HEADERS } from '../core/readable-headers.js';
import { type CompiledPolicy, withCors } from '../index.js';
import { loadPolicy } from './load-policy.js';
import { makeReport, type Report } from './report.js';
import { reportLines } from './report-lines.js';
import { type RequestOptions, required, toPageRequest } from './request-options.js';
import { settle } from './settle.js';
import { printJson, printLines } from './terminal.js';

export interface ExplainOptions extends RequestOptions {
  readonly policy?: string;
  readonly url: string;
}

/** What a browser would do with a policy, without a server. Returns the exit status. */
export async function explain(options: ExplainOptions): Promise<number> {
  const request = toPageRequest(options.url, options);
  const path = required(options.policy, '--policy', 'cors.json');
  const report = await settle(
    explainPolicy(request, await loadPolicy(path)),
    `${path} never says whether an origin is allowed, because the promise of its allowOrigins does not settle; mend that first`,
  );
  if (options.json) printJson(report);
  else printLines(reportLines(report));
  return report.allowed ? 0 : 1;
}

async function explainPolicy(request: PageRequest, policy: CompiledPolicy): Promise<Report> {
  const page = await browse(request, inProcess(withCors(async () => ({ statusCode: 200, body: '' }), policy)));
  const report = makeReport(request, page);
  const response = page.exchanges.at(-1)?.response;
  if (!page.verdict.allowed || response === undefined) return report;
  // What a handler will send is not known, so the names are those that could be read.
  const exposed = policy.exposeHeaders === '*' ? [] : policy.exposeHeaders;
  const possible = [...SAFELISTED_RESPONSE_HEADERS, ...exposed].map((name) => [name, 'any'] as const);
  const { type } = page.verdict;
  const names = Object.keys(
    readableHeaders(type, request.credentials ?? 'same-origin', [...response.headers, ...possible]),
  );
  const every = type === 'basic' || policy.exposeHeaders === '*';
  return { ...report, readable: every ? ['every header but Set-Cookie'] : names };
}
