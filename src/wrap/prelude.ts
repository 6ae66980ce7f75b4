/**
 * Status and headers of a streamed response: JSON and eight zero bytes, in front of the body.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */

/** The content type that tells a function URL of a prelude; a REST API always expects one. */
export const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER = 8;

/** A prelude as it is written. */
export function writePrelude(prelude: object): string {
  return JSON.stringify(prelude) + '\0'.repeat(DELIMITER);
}

/** The prelude that a text begins with; what is no JSON stays text, and is found to be malformed. */
export function readPrelude(written: string): unknown {
  const end = written.indexOf('\0');
  const text = end < 0 ? written : written.slice(0, end);
  try {
    return JSON.parse(text || '{}') ?? {};
  } catch {
    return text;
  }
}

/** How a response begins: with or without a prelude, and then a body. */
interface Beginning {
  readonly prelude?: unknown;
  readonly body: Uint8Array;
}

/** Takes a prelude off the first bytes of a response; `undefined` while they may still become one. */
export function splitPrelude(bytes: Uint8Array, most: number): Beginning | undefined {
  const zero = bytes.indexOf(0);
  const at = zero < 0 ? bytes.length : zero;
  const text = new TextDecoder().decode(bytes.subarray(0, at));
  const delimiter = bytes.subarray(at, at + DELIMITER);
  const begins = zero < 0 ? /^(\{|$)/ : /^\{/;
  if (at > most || !begins.test(text) || delimiter.some(Boolean)) return { body: bytes };
  return delimiter.length < DELIMITER
    ? undefined
    : { prelude: readPrelude(text), body: bytes.subarray(at + DELIMITER) };
}
