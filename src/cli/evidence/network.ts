import { noResponse } from '../../diagnosis/network.js';
import { TIMED_OUT } from '../../gateway/http-transport.js';
import { type Finding, finding } from './finding.js';

/** Why no response came. */
export function networkFault(error: unknown, url: string): Finding {
  const { code = '', message = String(error) } = (error ?? {}) as { readonly code?: string; readonly message?: string };
  if (code === TIMED_OUT) return finding(noResponse('ETIMEDOUT', new URL(url)), message);
  return finding(noResponse(code, new URL(url)), `${code || 'error'}: ${message.split('\n', 1)[0]}`);
}
