import type { Engine } from './engine.js';
import { normalizeValue, splitAtCommas } from './header-lines.js';
import type { Fault, HeaderLines, NetError, WireResponse } from './types.js';

/** Why a browser's network stack rejects a response before CORS looks at it; `undefined` if it does not. */
export function responseFault({ status, headers }: WireResponse, engine: Engine): Fault<NetError> | undefined {
  if (!isStatus(status)) return { reason: 'ERR_INVALID_RESPONSE' };
  const { singleResponseHeaders: single } = engine;
  if (single.has('content-disposition') && disagree(headers, 'content-disposition', engine.splitsDisposition))
    return { reason: 'ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION' };
  if (single.has('location') && disagree(headers, 'location'))
    return { reason: 'ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION' };
  if (status === 407 && engine.refusesProxyAuthentication) return { reason: 'ERR_UNEXPECTED_PROXY_AUTH' };
  return undefined;
}

/** Statuses of final responses. Browsers accept those above 599, although HTTP does not define them. */
function isStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 999;
}

/** Two lines with the same value count as one. */
function disagree(headers: HeaderLines, name: string, split = false): boolean {
  const values = headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => normalizeValue(value));
  return new Set(split ? values.flatMap(splitAtCommas) : values).size > 1;
}
