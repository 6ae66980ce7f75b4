import type { HttpEvent } from './request.js';

/** The answer of a route. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A result that every source accepts. */
export interface Result {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

export function toResult(event: HttpEvent, { status, headers = {}, body }: Answer): Result {
  const all = body === undefined ? headers : { 'Content-Type': 'application/json', ...headers };
  return {
    statusCode: status,
    ...(readsMultiValueOnly(event) ? { multiValueHeaders: eachInAnArray(all) } : { headers: all }),
    body: body === undefined ? '' : JSON.stringify(body),
    isBase64Encoded: false,
  };
}

/** A load balancer reads only the kind of headers that it sends, which is a setting of its target group. */
function readsMultiValueOnly({ requestContext, multiValueHeaders }: HttpEvent): boolean {
  return requestContext?.elb !== undefined && Boolean(multiValueHeaders);
}

function eachInAnArray(headers: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}
