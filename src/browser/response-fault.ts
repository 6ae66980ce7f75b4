import { normalizeValue, splitAtCommas } from './header-lines.js';
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
