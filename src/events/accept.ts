import { isPlain } from '../core/plain.js';
import { isObject, type ProxyResult, type Source } from './types.js';

/** The result as it may be sent, or why the source would answer with its own error page instead. */
export type Accepted =
  | { readonly result: ProxyResult; readonly fault: undefined }
  | { readonly result: undefined; readonly fault: string };

/** What was found, what the source accepts, and what to do about it. */
type Fault = readonly [found: string, accepted: string, remedy: string];

/**
 * The result as the source understands it: an envelope is made where the source would make one, since headers can
 * only be added to an envelope.
 *
 * `streams`: whoever asked can also stream a body, as Middy can, to a source that takes it.
 */
export function accept(source: Source, result: unknown, streams = false): Accepted {
  const streamed = streams && source.streaming !== undefined;
  const envelope = envelop(source, hasToJson(result) ? result.toJSON() : result, streamed);
  const fault =
    isObject(envelope) && !isEmptyInstance(envelope)
      ? envelopeFault(source, envelope, streamed && isStream(envelope.body))
      : ([kind(envelope), 'an object', 'return { statusCode: 200, body: "…" }'] as const);
  return fault === undefined
    ? { result: envelope as ProxyResult, fault }
    : { result: undefined, fault: `${fault[0]}, but ${source.name} accepts ${fault[1]}: ${fault[2]}` };
}

/** A Response, for one: JSON makes `{}` of it, and the gateway a 200 without a body. */
function isEmptyInstance(value: object): boolean {
  return !isPlain(value) && Object.keys(value).length === 0;
}

/** In front of a streamed body there is a prelude, which may have other keys as well. */
function envelopeFault(source: Source, envelope: ProxyResult, streamed: boolean): Fault | undefined {
  return (
    keyFault(streamed ? undefined : source.onlyKeys, envelope) ??
    statusFault(source, envelope.statusCode) ??
    (streamed ? undefined : bodyFault(envelope.body)) ??
    headersFault(source, envelope)
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response */
function envelop({ withoutStatus }: Source, result: unknown, streamed: boolean): unknown {
  if (streamed && isStream(result)) {
    return { statusCode: 200, headers: { 'Content-Type': 'application/octet-stream' }, body: result };
  }
  if (isObject(result) && result.statusCode !== undefined) return result;
  if (withoutStatus === 'unclear' && isObject(result) && !isEmptyInstance(result))
    return { ...result, statusCode: 200 };
  if (withoutStatus !== 'body') return result;
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: typeof result === 'string' ? result : toJson(result),
  };
}

/** What JSON cannot express stays as it is, and is found to be no body. */
function toJson(value: unknown): unknown {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return value;
  }
}

/** Lambda makes JSON of the whole result. */
function keyFault(onlyKeys: Source['onlyKeys'], result: ProxyResult): Fault | undefined {
  for (const key in result) {
    const value = result[key];
    const known = onlyKeys === undefined || onlyKeys.includes(key);
    if (known && (typeof value === 'string' || key === 'headers' || key === 'body' || isJson(value))) continue;
    // What JSON leaves out is no fault.
    if (isLeftOut(value) || !Object.hasOwn(result, key)) continue;
    return known
      ? [`the key ${quote(key)}`, 'only what JSON can hold', 'return only that in it, or remove the key']
      : [`the key ${quote(key)}`, `only ${onlyKeys?.join(', ')}`, 'remove the key'];
  }
  return undefined;
}

/** Whether JSON leaves a value out of an object. */
function isLeftOut(value: unknown): boolean {
  return value === undefined || typeof value === 'function' || typeof value === 'symbol';
}

function isJson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint';
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

/** Dates, URLs and others say themselves what JSON makes of them. */
function hasToJson(value: unknown): value is { toJSON: () => unknown } {
  return isObject(value) && typeof value.toJSON === 'function';
}

function statusFault({ withoutStatus }: Source, status: unknown): Fault | undefined {
  if (isStatus(status) || (status === undefined && withoutStatus !== 'error')) return undefined;
  if (typeof status === 'string' && /^[1-5]\d\d$/.test(status)) return undefined;
  const found = typeof status === 'string' || typeof status === 'number' ? quote(String(status)) : kind(status);
  return [`${found} as statusCode`, 'an integer from 100 to 599', 'return statusCode: 200'];
}

function bodyFault(body: unknown): Fault | undefined {
  if (typeof body === 'string' || body === undefined || body === null) return undefined;
  return [`${kind(body)} as body`, 'a string', 'return body: JSON.stringify(…)'];
}

/** A stream of Node.js, or of the web. */
function isStream(value: unknown): boolean {
  const { pipe, getReader } = isObject(value) ? value : ({} as ProxyResult);
  return typeof pipe === 'function' || typeof getReader === 'function';
}

function headersFault({ readsMultiValue }: Source, { headers, multiValueHeaders }: ProxyResult): Fault | undefined {
  if (isObject(headers)) {
    for (const name in headers) {
      const value = headers[name];
      if (typeof value !== 'string' && (!isJson(value) || (isObject(value) && !hasToJson(value)))) {
        return [`${kind(value)} as the header ${quote(name)}`, 'a string', 'return String(value)'];
      }
    }
  } else if (headers !== undefined && headers !== null) {
    return [`${kind(headers)} as headers`, 'an object', 'return headers: { Name: "value" }'];
  }
  if (!readsMultiValue || multiValueHeaders === undefined || multiValueHeaders === null) return undefined;
  if (isObject(multiValueHeaders) && Object.values(multiValueHeaders).every(isLines)) return undefined;
  return ['multiValueHeaders without arrays', 'arrays', 'return multiValueHeaders: { Name: ["value"] }'];
}

function isLines(value: unknown): boolean {
  return Array.isArray(value) || isLeftOut(value);
}

export function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599;
}

function kind(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'an array';
  return isObject(value) && isEmptyInstance(value) ? 'an instance without keys' : `a value of type ${typeof value}`;
}

/** What comes from a handler, and so perhaps from a request, on one line of a log. */
function quote(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}
