import { normalizeValue } from './header-lines.js';
import type { Fault, HeaderLines, NetError, WireResponse } from './types.js';

/** What a browser's network stack refuses, before CORS looks at a response; `undefined` for what is sound. */
export function responseFault({ status, headers }: WireResponse): Fault<NetError> | undefined {
  if (!isStatus(status)) return { reason: 'ERR_INVALID_RESPONSE' };
  if (disagree(headers, 'content-disposition')) return { reason: 'ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION' };
  if (disagree(headers, 'location')) return { reason: 'ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION' };
  if (status === 407) return { reason: 'ERR_UNEXPECTED_PROXY_AUTH' };
  return undefined;
}

/** Of a final response; browsers let through what HTTP has no name for. */
function isStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 999;
}

/** Two lines that say the same are one. */
function disagree(headers: HeaderLines, name: 'content-disposition' | 'location'): boolean {
  const values = headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => normalizeValue(value));
  return new Set(name === 'location' ? values : values.flatMap(splitAtCommas)).size > 1;
}

/** Not within quotes. */
function splitAtCommas(value: string): readonly string[] {
  const elements: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '\\' && quoted) at++;
    else if (value[at] === '"') quoted = !quoted;
    else if (value[at] === ',' && !quoted) {
      elements.push(normalizeValue(value.slice(start, at)));
      start = at + 1;
    }
  }
  return [...elements, normalizeValue(value.slice(start))];
}
