/**
 * Status and headers of a streamed response: JSON and eight zero bytes, in front of the body.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */

/** The content type by which a function URL recognizes a prelude; a REST API always expects one. */
export const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER = 8;

/** A prelude as it is sent. */
export function writePrelude(prelude: object): string {
  return JSON.stringify(prelude) + '\0'.repeat(DELIMITER);
}

/** The prelude that a text begins with. What is not JSON stays text, which is refused as a prelude. */
export function readPrelude(written: string): unknown {
  const end = written.indexOf('\0');
  const text = end < 0 ? written : written.slice(0, end);
  try {
    return JSON.parse(text || '{}') ?? {};
  } catch {
    return text;
  }
}

/** The first bytes of a response, while they may still become a prelude that the handler writes itself. */
export interface HeldBytes {
  bytes: Uint8Array;
  /** How many of `bytes` are in use. */
  length: number;
  /** Where the first zero byte is; -1 without one. */
  firstZero: number;
}

/** How a response begins: with or without a prelude, and then a body. */
interface Beginning {
  readonly prelude?: unknown;
  readonly body: Uint8Array;
}

const OPENING_BRACE = 0x7b;

/** Holds more bytes, and takes the prelude off them; `undefined` until it is complete, or known not to be one. */
export function hold(held: HeldBytes, chunk: Uint8Array, maxPrelude: number): Beginning | undefined {
  if (held.length === 0 && chunk.length > 0 && chunk[0] !== OPENING_BRACE) return { body: chunk };
  append(held, chunk);
  const bytes = held.bytes.subarray(0, held.length);
  const end = held.firstZero < 0 ? held.length : held.firstZero;
  const delimiter = bytes.subarray(end, end + DELIMITER);
  if (end > maxPrelude || delimiter.some(Boolean)) return { body: bytes };
  if (delimiter.length < DELIMITER) return undefined;
  return {
    prelude: readPrelude(new TextDecoder().decode(bytes.subarray(0, end))),
    body: bytes.subarray(end + DELIMITER),
  };
}

/** Into twice the space that is needed, so that many small pieces cost no more than one large. */
function append(held: HeldBytes, chunk: Uint8Array): void {
  const length = held.length + chunk.length;
  if (length > held.bytes.length) {
    const larger = new Uint8Array(2 * length);
    larger.set(held.bytes.subarray(0, held.length));
    held.bytes = larger;
  }
  held.bytes.set(chunk, held.length);
  const zero = held.firstZero < 0 ? chunk.indexOf(0) : -1;
  if (zero >= 0) held.firstZero = held.length + zero;
  held.length = length;
}
