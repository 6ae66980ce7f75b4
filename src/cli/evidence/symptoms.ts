import type { WireResponse } from '../../browser.js';
import type { FrontKind } from '../../diagnosis/front.js';
import { headerOf } from './headers.js';

export function textOf({ body = '' }: WireResponse): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}

/** Status, AWS's name for the error, and what the body says. */
export function evidenceOf(response: WireResponse): string {
  const type = headerOf(response, 'x-amzn-errortype');
  const parts = [
    String(response.status),
    type === undefined ? '' : `x-amzn-ErrorType: ${type}`,
    shorten(textOf(response)),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** The start of a body or a header value, which a server can make as long as it likes. */
export function shorten(value: string): string {
  const text = value.trim();
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

const MAX_SHOWN = 200;

export function isOk({ status }: WireResponse): boolean {
  return status >= 200 && status <= 299;
}

/** Whether a REST API has passed on an error of the function: the API's own errors name their type. */
export function isErrorOfFunction(response: WireResponse, front: FrontKind): boolean {
  return front === 'rest-api' && response.status >= 400 && headerOf(response, 'x-amzn-errortype') === undefined;
}

export function isMissingToken(response: WireResponse): boolean {
  if (response.status !== 403) return false;
  const type = headerOf(response, 'x-amzn-errortype') ?? '';
  return (
    type.startsWith('MissingAuthenticationTokenException') || /missing authentication token/i.test(textOf(response))
  );
}

/** What a REST API answers where the stage does not exist or the API key is missing, and where a firewall refuses. */
export function isForbidden(response: WireResponse): boolean {
  const type = headerOf(response, 'x-amzn-errortype') ?? '';
  return response.status === 403 && type.startsWith('ForbiddenException') && /"Forbidden"/.test(textOf(response));
}

/** How withCors answers a preflight from an origin that its policy does not allow. */
export function isPolicyRefusal(response: WireResponse): boolean {
  return response.status === 403 && textOf(response).includes('CORS: origin not allowed');
}
