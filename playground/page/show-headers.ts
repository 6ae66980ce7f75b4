import type { HeaderLines } from '../../src/browser.js';
import { el } from './dom.js';

const MAX_VALUE = 500;

export function headerTable(lines: HeaderLines): HTMLElement {
  const rows = lines.map(([name, value]) => {
    // In lower case, because casing means nothing and would look like a difference.
    const th = el('th', '', name.toLowerCase());
    th.scope = 'row';
    return el('tr', isCors(name) ? 'cors' : '', th, el('td', '', shorten(value)));
  });
  return el('table', 'headers', el('tbody', '', ...rows));
}

/** Shows the headers that matter for CORS, and hides those that every request has behind a fold. */
export function foldedHeaders(lines: HeaderLines): HTMLElement {
  const telling = [
    ...lines.filter(([name]) => isCors(name)),
    ...lines.filter(([name]) => !isCors(name) && !isCommon(name)),
  ];
  const common = lines.filter(([name]) => isCommon(name));
  const fold = el('details', '', el('summary', '', `${common.length} more`), headerTable(common));
  return el(
    'div',
    'folded',
    telling.length === 0 ? el('p', 'quiet', 'no CORS headers') : headerTable(telling),
    common.length === 0 ? undefined : fold,
  );
}

function shorten(value: string): string {
  return value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}… (${value.length} characters)` : value;
}

function isCors(name: string): boolean {
  return /^(access-control-.*|origin|vary)$/i.test(name);
}

function isCommon(name: string): boolean {
  return COMMON.has(name.toLowerCase()) || /^(sec-|x-amzn?-)/i.test(name);
}

const COMMON: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'apigw-requestid',
  'cache-control',
  'connection',
  'content-length',
  'date',
  'host',
  'keep-alive',
  'pragma',
  'priority',
  'referer',
  'server',
  'user-agent',
]);
