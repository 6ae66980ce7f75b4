import { browse, type Page, type PageRequest, type Transport } from '../../../browser.js';
import { httpTransport } from '../../../gateway.js';
import { diagnose } from '../../evidence/diagnose.js';
import type { Finding } from '../../evidence/finding.js';
import type { Front } from '../../evidence/front.js';
import { networkFault } from '../../evidence/network.js';
import { look } from '../../evidence/seen.js';
import { unlistedNote } from '../../evidence/unlisted-origin.js';
import { type RequestOptions, toPageRequest } from '../../input/request-options.js';
import { makeReport, type Report } from '../../report/report.js';
import { findingLines, reportLines } from '../../report/report-lines.js';
import { type Line, printJson, printLines, printText, red } from '../../terminal/print.js';
import { curlLines } from './curl.js';

interface ProbeOptions extends RequestOptions {
  /** Seconds. */
  readonly timeout: number;
  readonly curl?: true;
}

interface ProbeReport extends Report {
  readonly front: Front;
  readonly findings: readonly Finding[];
}

/** Asks an endpoint as a browser does, and shows what the browser makes of it. Returns the exit status. */
export async function probe(url: string, options: ProbeOptions): Promise<number> {
  const request = toPageRequest(url, options);
  if (options.curl) return printCurl(request, options);
  const transport = httpTransport(options.timeout * 1000);
  const page = await browse(request, transport);
  const report = await makeProbeReport(request, page, transport);
  if (options.json) printJson(report);
  else printLines(probeLines(report));
  return report.allowed ? 0 : 1;
}

async function printCurl(request: PageRequest, { json }: ProbeOptions): Promise<number> {
  const commands = await curlLines(request);
  if (json) printJson({ commands });
  else printText(`${commands.join('\n')}\n`);
  return 0;
}

async function makeProbeReport(request: PageRequest, page: Page, transport: Transport): Promise<ProbeReport> {
  const { exchanges, verdict } = page;
  const seen = await look(request, page, transport);
  const silent = exchanges.find(({ response }) => response === undefined);
  const unanswered = silent === undefined || verdict.allowed ? [] : [networkFault(verdict.cause, silent.request.url)];
  const report = makeReport(request, page);
  const notes = [...report.notes, ...(seen.unlisted === undefined ? [] : [unlistedNote(seen.unlisted)])];
  return { ...report, notes, front: seen.front, findings: [...unanswered, ...diagnose(seen)] };
}

function probeLines(report: ProbeReport): readonly Line[] {
  const { findings, exchanges } = report;
  const [first] = findings;
  // Nothing came back, so there are no steps to show.
  if (first !== undefined && exchanges.length === 1 && exchanges[0]?.response === undefined) {
    return [[red('✗ '), `${first.title} (${first.evidence}); ${first.remedy}`]];
  }
  const heading = report.allowed ? 'What could be better' : 'Likely cause';
  return [...reportLines(report), ...findingLines(heading, findings)];
}
