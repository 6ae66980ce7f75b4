import type { WireResponse } from '../../browser.js';
import { headerOf, textOf } from '../response.js';
import { messageOf } from './seen.js';

/** Status, AWS's name for the error, and what the body says. */
export function evidenceOf(response: WireResponse): string {
  const type = headerOf(response, 'x-amzn-errortype');
  const parts = [
    String(response.status),
    type === undefined ? '' : `x-amzn-ErrorType: ${type}`,
    messageOf(textOf(response)),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

export function isMissingToken(response: WireResponse): boolean {
  if (response.status !== 403) return false;
  const type = headerOf(response, 'x-amzn-errortype') ?? '';
  return (
    type.startsWith('MissingAuthenticationTokenException') || /missing authentication token/i.test(textOf(response))
  );
}

/** What a REST API says where there is no such stage, to a missing API key, and where a firewall refuses. */
export function isForbidden(response: WireResponse): boolean {
  const type = headerOf(response, 'x-amzn-errortype') ?? '';
  return response.status === 403 && type.startsWith('ForbiddenException') && /"Forbidden"/.test(textOf(response));
}

/** How withCors answers a preflight from an origin that its policy does not allow. */
export function isPolicyRefusal(response: WireResponse): boolean {
  return response.status === 403 && textOf(response).includes('CORS: origin not allowed');
}
