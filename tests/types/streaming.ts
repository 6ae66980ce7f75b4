// withCorsStreaming() and the types of @types/aws-lambda: without a cast, whichever of them wraps the other.
import type { APIGatewayProxyEvent, Context, LambdaFunctionURLEvent, StreamifyHandler } from 'aws-lambda';
import { expectTypeOf } from 'vitest';
import { compilePolicy } from '../../src/index.js';
import { withCorsStreaming } from '../../src/streaming.js';

type Stream = awslambda.HttpResponseStream;

declare function typed(event: LambdaFunctionURLEvent, responseStream: Stream, context: Context): Promise<void>;
declare const aws: StreamifyHandler<APIGatewayProxyEvent, void>;

// What a handler says of its parameters stays.
expectTypeOf(withCorsStreaming(typed)).parameters.toEqualTypeOf<[LambdaFunctionURLEvent, Stream, Context]>();
expectTypeOf(withCorsStreaming(aws)).parameters.toEqualTypeOf<[APIGatewayProxyEvent, Stream, Context]>();

// Parameters without a type are `any`, as those of AWS's own decorator are for the event.
withCorsStreaming(async (event, responseStream, context) => {
  expectTypeOf(event).toBeAny();
  expectTypeOf(responseStream).toBeAny();
  expectTypeOf(context).toBeAny();
});

declare const flag: boolean;
const policy = compilePolicy({ allowOrigins: ['https://a.example'] });
const choice = flag ? { allowOrigins: ['https://a.example'] } : { allowOrigins: 'https://b.example' };
export const handlers: readonly StreamifyHandler<LambdaFunctionURLEvent>[] = [
  withCorsStreaming(typed),
  withCorsStreaming(typed, policy, { logger: console }),
  withCorsStreaming(typed, { allowOrigins: ['https://a.example'], allowCredentials: true }),
  withCorsStreaming(typed, choice),
  withCorsStreaming(awslambda.streamifyResponse(typed)),
  awslambda.streamifyResponse(withCorsStreaming(typed)),
  withCorsStreaming(async (_event, responseStream) => {
    const stream = awslambda.HttpResponseStream.from(responseStream, { statusCode: 200 });
    stream.end('x');
  }),
];

/** As with withCors: the context is needed where the handler declares it. */
export async function calls(event: LambdaFunctionURLEvent, stream: Stream): Promise<void> {
  await withCorsStreaming(async (_event: LambdaFunctionURLEvent, responseStream: Stream) => responseStream.end())(
    event,
    stream,
  );
  // @ts-expect-error Expected 3 arguments, but got 2
  await withCorsStreaming(typed)(event, stream);
}

// @ts-expect-error is not assignable to type
withCorsStreaming(typed, { allowOrigins: '*', allowCredentials: true });
// @ts-expect-error is not assignable to parameter
withCorsStreaming('index.handler');
