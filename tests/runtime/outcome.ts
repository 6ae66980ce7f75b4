// What a gateway reads of an outcome.
import type { Response } from '../support/sources.js';
import type { Outcome, Streamed } from './runtime-api.js';

/** What was returned. Throws if the invocation ended otherwise. */
export function resultOf(outcome: Outcome): unknown {
  if (outcome.kind !== 'returned') throw new Error(`nothing was returned: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

export function streamedOf(outcome: Outcome): Streamed {
  if (outcome.kind !== 'streamed') throw new Error(`nothing was streamed: ${JSON.stringify(outcome)}`);
  return outcome;
}

const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
const PRELUDE_END = Buffer.alloc(8);

interface Prelude {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
}

/**
 * A streamed response, its body with a character for each byte; `undefined` when no prelude says status and headers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export function responseOf({ contentType, chunks }: Streamed): Response | undefined {
  const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
  const end = bytes.indexOf(PRELUDE_END);
  if (contentType !== PRELUDE_TYPE || end === -1) return undefined;
  const prelude = JSON.parse(bytes.subarray(0, end).toString()) as Prelude;
  const { statusCode = 200, headers = {}, multiValueHeaders = {}, cookies = [] } = prelude;
  return {
    status: statusCode,
    lines: [
      ...Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
      ...Object.entries(multiValueHeaders).flatMap(([name, values]) =>
        values.map((value) => [name.toLowerCase(), value] as const),
      ),
      ...cookies.map((cookie) => ['set-cookie', cookie] as const),
    ],
    body: bytes.subarray(end + PRELUDE_END.length).toString('latin1'),
  };
}

/** What became of a streamed response, in a word or two. */
export type Fate = 'prelude' | 'prelude, error' | 'no prelude' | 'error' | 'process ends';

/** `undefined` is an invocation whose process ended without an answer; client 3 still gives one. */
export function fateOf(outcome: Outcome | undefined): Fate {
  if (outcome === undefined || outcome.kind === 'failed') return 'process ends';
  const streamed = streamedOf(outcome);
  if (!streamed.complete) return 'process ends';
  if (responseOf(streamed) === undefined) return streamed.error === undefined ? 'no prelude' : 'error';
  return streamed.error === undefined ? 'prelude' : 'prelude, error';
}
