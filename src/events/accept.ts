import { isExotic, isLostInJson } from './json.js';
import { faultOf, lengthFault, objectFault } from './result-fault.js';
import { HEADER_MAPS, isObject, isText, type OwnResult, type Source } from './types.js';

/** The result as it may be sent; or a text, why the source would answer with its own error page instead. */
export type Accepted = OwnResult | string;

/**
 * The result as the source understands it: an envelope is made where the source would make one, since headers can
 * only be added to an envelope.
 *
 * What counts is what Lambda's JSON makes of a result, so that is what is judged and sent: nothing in it is the
 * handler's any longer, or says later that it is something else. Only a body that is text or streamed skips the JSON.
 *
 * `streams`: whoever asked can also stream a body, as Middy can, to a source that takes it.
 *
 * Throws what a getter throws, and for what JSON cannot hold.
 */
export function accept(source: Source, returned: unknown, streams = false): Accepted {
  const mayStream = streams && source.streaming !== undefined;
  const value = mayStream && isStream(returned) ? envelope('application/octet-stream', returned) : returned;
  if (!isObject(value) || isLostInJson(value)) return acceptBody(source, value);
  // Either way each property is read once.
  const own = isExotic(value) ? throughJson(value) : { ...value };
  if (!isObject(own)) return acceptBody(source, own);

  const { body } = own;
  const isStreamed = mayStream && isStream(body);
  const skips = isStreamed || isText(body);
  const result = throughJson(skips ? { ...own, body: undefined } : own) as OwnResult;
  if (skips) result.body = body;
  // What JSON would lose is judged as it is.
  for (const map of HEADER_MAPS) if (isLostInJson(own[map])) result[map] = own[map];
  if (result.statusCode === undefined) {
    if (source.withoutStatus === 'body') return acceptBody(source, result);
    // Whether it may be left out depends on whom you ask.
    if (source.withoutStatus === undefined) result.statusCode = 200;
  }
  return faultOf(source, result, isStreamed) ?? result;
}

/** The same for a prelude, which was JSON: status and headers in front of a streamed body. It may have other keys. */
export function acceptPrelude(source: Source, prelude: unknown): Accepted {
  if (!isObject(prelude)) return objectFault(source, prelude);
  const result = { statusCode: 200, ...prelude, body: undefined };
  return lengthFault(source, result) ?? faultOf(source, result, true) ?? result;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response */
function acceptBody(source: Source, value: unknown): Accepted {
  if (source.withoutStatus !== 'body' || isLostInJson(value)) return objectFault(source, value);
  return envelope('application/json', isText(value) ? value : (JSON.stringify(value) ?? 'null'));
}

function envelope(type: string, body: unknown): OwnResult {
  return { statusCode: 200, headers: { 'Content-Type': type }, body };
}

function throughJson(value: object): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null');
}

/** A stream of Node.js, or of the web. */
function isStream(value: unknown): boolean {
  const { pipe, getReader } = Object(value);
  return typeof (pipe ?? getReader) === 'function';
}
