import { isExotic, isLostInJson, jsonOf } from './json.js';
import { jsonFault, lengthFault, objectFault, type ResultFault, resultFault } from './result-fault.js';
import { isObject, type OwnResult, type ProxyResult, type Source } from './types.js';

/** The result as it may be sent, or why the source would answer with its own error page instead. */
export type Accepted =
  | { readonly result: OwnResult; readonly fault: undefined; readonly warning: string | undefined }
  | { readonly result: undefined; readonly fault: string; readonly warning: undefined };

/**
 * The result as the source understands it: an envelope is made where the source would make one, since headers can
 * only be added to an envelope.
 *
 * What counts is what Lambda's JSON makes of a result, so that is what is judged and sent: nothing in it is the
 * handler's any longer, or says later that it is something else. Only a body that is text or streamed skips the JSON.
 *
 * `streams`: whoever asked can also stream a body, as Middy can, to a source that takes it.
 */
export function accept(source: Source, returned: unknown, streams = false): Accepted {
  const mayStream = streams && source.streaming !== undefined;
  if (mayStream && isStream(returned)) {
    const headers = { 'Content-Type': 'application/octet-stream' };
    return judge(source, { statusCode: 200, headers, body: returned }, {}, true);
  }
  if (!isObject(returned) || isLostInJson(returned)) return acceptBody(source, returned);
  // Either way each property is read once.
  const own = isExotic(returned) ? throughJson(returned) : { ...(returned as ProxyResult) };
  if (own === undefined) return refuse(source, jsonFault(returned));
  if (!isObject(own)) return acceptBody(source, own);

  const { body } = own;
  const streamed = mayStream && isStream(body);
  const skips = streamed || typeof body === 'string';
  const result = throughJson(skips ? { ...own, body: undefined } : own) as OwnResult | undefined;
  if (result === undefined) return refuse(source, jsonFault(own));
  if (skips) result.body = body;
  if (result.statusCode === undefined) {
    if (source.withoutStatus === 'body') return acceptBody(source, result);
    if (source.withoutStatus === 'unclear') result.statusCode = 200;
  }
  return judge(source, result, own, streamed);
}

/** The same for a prelude, which was JSON: status and headers in front of a streamed body. It may have other keys. */
export function acceptPrelude(source: Source, prelude: unknown): Accepted {
  if (!isObject(prelude)) return refuse(source, objectFault(prelude));
  const result = { statusCode: 200, ...prelude, body: undefined };
  const fault = lengthFault(source, result);
  return fault === undefined ? judge(source, result, {}, true) : refuse(source, fault);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response */
function acceptBody(source: Source, value: unknown): Accepted {
  if (source.withoutStatus !== 'body' || isLostInJson(value)) return refuse(source, objectFault(value));
  const body = typeof value === 'string' ? value : jsonOf(value);
  if (body === undefined) return refuse(source, jsonFault(value));
  const result = { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body };
  return { result, fault: undefined, warning: value === undefined ? NOTHING : undefined };
}

const NOTHING = 'undefined, which is sent as "null": return { statusCode: 204 } to send nothing';

function judge(source: Source, result: OwnResult, given: ProxyResult, streamed: boolean): Accepted {
  const fault = resultFault(source, result, given, streamed);
  return fault === undefined ? { result, fault: undefined, warning: undefined } : refuse(source, fault);
}

function refuse({ name }: Source, [found, accepted, remedy]: ResultFault): Accepted {
  return { result: undefined, fault: `${found}, but ${name} accepts ${accepted}: ${remedy}`, warning: undefined };
}

/** What JSON makes of an object; `undefined` for one that it cannot hold. */
function throughJson(value: object): unknown {
  const text = jsonOf(value);
  return text === undefined ? undefined : JSON.parse(text);
}

/** A stream of Node.js, or of the web. */
function isStream(value: unknown): boolean {
  const { pipe, getReader } = Object(value);
  return typeof pipe === 'function' || typeof getReader === 'function';
}
