import { cookiesFault, headersFault, multiValueFault, type ResultFault } from './header-faults.js';
import { hasToJson, isExotic, isJson, isLeftOut, isLostInJson, kindOf, quote, throughJson } from './json.js';
import { isStatus } from './status.js';
import { isObject, type OwnResult, type ProxyResult, type Source } from './types.js';

/** The result as it may be sent, or why the source would answer with its own error page instead. */
export type Accepted =
  | { readonly result: OwnResult; readonly fault: undefined; readonly warning: string | undefined }
  | { readonly result: undefined; readonly fault: string; readonly warning: undefined };

/**
 * The result as the source understands it: an envelope is made where the source would make one, since headers can
 * only be added to an envelope.
 *
 * What counts is what Lambda's JSON makes of the result. To most results it makes no difference; the others are made
 * into JSON here, judged once more and sent so.
 *
 * `streams`: whoever asked can also stream a body, as Middy can, to a source that takes it.
 */
export function accept(source: Source, returned: unknown, streams = false): Accepted {
  const mayStream = streams && source.streaming !== undefined;
  let envelope = envelop(source, isLostInJson(returned) ? returned : withoutToJson(returned), mayStream);
  const streamed = mayStream && isStream((envelope as ProxyResult | null | undefined)?.body);
  let fault = envelopeFault(source, envelope, streamed);
  if (fault !== undefined && !losesInJson(envelope)) {
    envelope = envelop(source, remake(envelope, streamed), mayStream);
    fault = envelopeFault(source, envelope, streamed);
  }
  if (fault !== undefined) return refuse(source, fault);
  const warning = returned === undefined ? NOTHING : undefined;
  return { result: envelope as OwnResult, fault: undefined, warning };
}

const NOTHING = 'undefined, which is sent as "null": return { statusCode: 204 } to send nothing';

/** The same for a prelude, which was JSON: status and headers in front of a streamed body. It may have other keys. */
export function acceptPrelude(source: Source, prelude: unknown): Accepted {
  const envelope = isObject(prelude) ? { statusCode: 200, ...prelude, body: undefined } : prelude;
  const fault = envelopeFault(source, envelope, true) ?? lengthFault(source, envelope as ProxyResult);
  if (fault !== undefined) return refuse(source, fault);
  return { result: envelope as OwnResult, fault: undefined, warning: undefined };
}

function refuse({ name }: Source, [found, accepted, remedy]: ResultFault): Accepted {
  return { result: undefined, fault: `${found}, but ${name} accepts ${accepted}: ${remedy}`, warning: undefined };
}

/** What JSON makes of an envelope; a body that is streamed is not its business. */
function remake(envelope: unknown, streamed: boolean): unknown {
  if (!streamed) return throughJson(envelope);
  const { body, ...head } = envelope as ProxyResult;
  return { ...(throughJson(head) as ProxyResult), body };
}

function losesInJson(envelope: unknown): boolean {
  const { headers, multiValueHeaders } = (envelope ?? {}) as ProxyResult;
  return [envelope, headers, multiValueHeaders].some(isLostInJson);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response */
function envelop({ withoutStatus }: Source, given: unknown, streamed: boolean): unknown {
  if (streamed && isStream(given)) {
    return { statusCode: 200, headers: { 'Content-Type': 'application/octet-stream' }, body: given };
  }
  if (isExotic(given) || hasToJson(given)) return given;
  if (isObject(given) && (withoutStatus !== 'body' || given.statusCode !== undefined)) {
    // Only a copy has what JSON sees, and nothing that the handler may still change.
    const copy: OwnResult = { ...given };
    if (withoutStatus === 'unclear' && copy.statusCode === undefined) copy.statusCode = 200;
    if (withoutStatus !== 'body' || copy.statusCode !== undefined) return copy;
  }
  if (withoutStatus !== 'body') return given;
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: typeof given === 'string' ? given : toText(given),
  };
}

/** What says itself what JSON makes of it, and a boxed number or the like, as JSON has it. */
function withoutToJson(value: unknown): unknown {
  return hasToJson(value) || isExotic(value) ? throughJson(value) : value;
}

/** What JSON cannot hold stays as it is, and is found not to be a body. */
function toText(value: unknown): unknown {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return value;
  }
}

/** In front of a streamed body there is a prelude, which may have other keys as well. */
function envelopeFault(source: Source, envelope: unknown, streamed: boolean): ResultFault | undefined {
  if (!isObject(envelope) || hasToJson(envelope) || isExotic(envelope)) {
    const found = kindOf(envelope);
    return [found, 'an object', found.endsWith(' Response') ? FROM_RESPONSE : 'return { statusCode: 200, body: "…" }'];
  }
  return (
    keyFault(source, envelope, streamed) ??
    statusFault(source, envelope.statusCode) ??
    (streamed ? undefined : bodyFault(envelope.body)) ??
    headersFault(source, envelope.headers) ??
    (source.readsMultiValue ? multiValueFault(envelope.multiValueHeaders) : undefined) ??
    (source.readsCookies ? cookiesFault(envelope.cookies) : undefined)
  );
}

const FROM_RESPONSE =
  'return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }';

/** Lambda makes JSON of the whole result, also of what the source ignores. */
function keyFault({ onlyKeys }: Source, result: ProxyResult, streamed: boolean): ResultFault | undefined {
  for (const key in result) {
    const value = result[key];
    const known = streamed || onlyKeys === undefined || onlyKeys.includes(key);
    if (known && (typeof value === 'string' || key === 'headers' || key === 'body' || isJson(value))) continue;
    if (isLeftOut(value) || !Object.hasOwn(result, key)) continue;
    return known
      ? [`the key ${quote(key)}`, 'only what JSON can hold', 'return only that in it, or remove the key']
      : [`the key ${quote(key)}`, `only ${onlyKeys?.join(', ')}`, 'remove the key'];
  }
  return undefined;
}

function statusFault({ withoutStatus }: Source, status: unknown): ResultFault | undefined {
  const number = typeof status === 'string' && String(Number(status)) === status ? Number(status) : status;
  if (isStatus(number) || (status === undefined && withoutStatus !== 'error')) return undefined;
  const found = typeof status === 'string' || typeof status === 'number' ? quote(String(status)) : kindOf(status);
  return [`${found} as statusCode`, 'an integer from 200 to 599', 'return statusCode: 200'];
}

function bodyFault(body: unknown): ResultFault | undefined {
  if (typeof body === 'string' || body === undefined || body === null) return undefined;
  return [`${kindOf(body)} as body`, 'a string', 'return body: JSON.stringify(…)'];
}

/** A stream of Node.js, or of the web. */
function isStream(value: unknown): boolean {
  const { pipe, getReader } = isObject(value) ? value : ({} as ProxyResult);
  return typeof pipe === 'function' || typeof getReader === 'function';
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html */
function lengthFault({ streaming }: Source, { headers, multiValueHeaders }: ProxyResult): ResultFault | undefined {
  if (streaming?.expectsPrelude !== true) return undefined;
  const lengths = [headers, multiValueHeaders]
    .flatMap((map) => Object.entries(map ?? {}))
    .filter(([name]) => name.toLowerCase() === 'content-length')
    .flatMap(([, value]) => (value === null ? [] : value));
  if (lengths.length === 0 || (lengths.length === 1 && /^\d+$/.test(String(lengths[0])))) return undefined;
  return ['a Content-Length other than one number', 'one number', 'remove the header'];
}
