import { type HeaderLines, type HttpRequest, valuesOf, withoutHeaders } from './messages.js';

/** Who the function and what is in front of it are; the ids are made up. */
export const REGION = 'us-east-1';
export const ACCOUNT = '123456789012';
export const API_ID = 'a1b2c3d4e5';
export const URL_ID = 'yz4c3m7hq2tkdxvw5b6n8rj0ae1fgs9p';

/** The domain of an API: one of its own, or the one that API Gateway gives it. */
export function domainOf({ domainName }: HttpRequest): { readonly domainName: string; readonly domainPrefix: string } {
  return domainName === undefined
    ? { domainName: `${API_ID}.execute-api.${REGION}.amazonaws.com`, domainPrefix: API_ID }
    : { domainName, domainPrefix: domainName.split('.', 1)[0] as string };
}

export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As access logs have it: `22/Nov/2026:14:48:13 +0000`. */
export function logTime(time: Date): string {
  const [date = '', clock = ''] = time.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock.slice(0, 8)} +0000`;
}

export function userAgent({ lines }: HttpRequest): string {
  return valuesOf(lines, 'user-agent').at(-1) ?? '';
}

const ADDED = ['x-amzn-trace-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto'];

/**
 * The request headers with what AWS adds on the way. All of it is TLS on port 443 there, whatever it is here:
 * a function that redirects plain HTTP must not do so to a developer.
 */
export function forwarded({ lines, sourceIp, traceId }: HttpRequest): HeaderLines {
  const addresses = [...valuesOf(lines, 'x-forwarded-for'), sourceIp];
  const trace = valuesOf(lines, 'x-amzn-trace-id').at(-1) ?? traceId;
  return [
    ...withoutHeaders(lines, (name) => ADDED.includes(name)),
    ['X-Amzn-Trace-Id', trace],
    ['X-Forwarded-For', addresses.join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}
