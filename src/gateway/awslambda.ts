import { PRELUDE_END, PRELUDE_TYPE } from '../sources/front-door.js';
import { STREAMING } from '../sources/handler.js';
import type { LambdaStream } from './response-stream.js';

const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/**
 * Makes the global `awslambda` as Lambda's runtime does, where it is missing. `createGateway` does so for a streaming
 * handler; call this first only for handlers that need it already when they are made, as Middy's streaming ones do.
 *
 * @example
 * installAwslambda()
 * const handler = awslambda.streamifyResponse(async (event, responseStream) => responseStream.end('hello'))
 * const gateway = createGateway({ handler: withCorsStreaming(handler), source: 'url' })
 */
export function installAwslambda(): void {
  const global = globalThis as { awslambda?: object };
  // The AWS SDK makes the global too, and keeps something of its own there.
  global.awslambda = { streamifyResponse, HttpResponseStream, ...global.awslambda };
}

function streamifyResponse<Handler extends object>(handler: Handler, options?: { highWaterMark?: unknown }): Handler {
  const { highWaterMark } = options ?? {};
  return Object.assign(handler, {
    [STREAMING]: 'response',
    ...(typeof highWaterMark === 'number' && { [HIGH_WATER_MARK]: highWaterMark }),
  });
}

// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/HttpResponseStream.js
const HttpResponseStream = {
  from(stream: LambdaStream, prelude: object): LambdaStream {
    stream.setContentType(PRELUDE_TYPE);
    const json = JSON.stringify(prelude);
    stream._onBeforeFirstWrite = (write) => {
      write(json);
      write(new Uint8Array(PRELUDE_END));
    };
    return stream;
  },
};
