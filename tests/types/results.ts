// What a wrapped handler is called with and returns: a promise of the handler's own result, whatever its style.
import middy from '@middy/core';
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyHandler,
  APIGatewayProxyResult,
  Callback,
  Context,
} from 'aws-lambda';
import { expectTypeOf } from 'vitest';
import { type CorsHandler, type LambdaHandler, withCors } from '../../src/index.js';
import { cors } from '../../src/middy.js';

declare const event: APIGatewayProxyEvent;
declare const context: Context;
declare const rest: APIGatewayProxyHandler;
declare function promise(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult>;
declare function sync(event: APIGatewayProxyEvent): APIGatewayProxyResult;
declare function callback(e: APIGatewayProxyEvent, c: Context, answer: Callback<APIGatewayProxyResult>): void;

export async function resultsStay(): Promise<void> {
  expectTypeOf(await withCors(rest)(event, context)).toEqualTypeOf<APIGatewayProxyResult>();
  expectTypeOf(await withCors(promise)(event, context)).toEqualTypeOf<APIGatewayProxyResult>();
  expectTypeOf(await withCors(sync)(event, context)).toEqualTypeOf<APIGatewayProxyResult>();
  expectTypeOf(await withCors(callback)(event, context)).toEqualTypeOf<APIGatewayProxyResult>();
  expectTypeOf(await withCors(middy(promise))(event, context)).toEqualTypeOf<APIGatewayProxyResult>();
  expectTypeOf(await middy(promise).use(cors())(event, context)).toEqualTypeOf<APIGatewayProxyResult>();

  const result = await withCors(rest)(event, context);
  expectTypeOf(result.statusCode).toEqualTypeOf<number>();
  expectTypeOf((await withCors(() => 'text')(null, null)).length).toEqualTypeOf<number>();
}

export async function callsAreChecked(): Promise<void> {
  const handler = withCors(rest);
  await handler(event, context, () => undefined);
  // @ts-expect-error Expected 2-3 arguments, but got 1
  await handler(event);
  // @ts-expect-error Expected 2-3 arguments, but got 1
  await withCors(async (_event: APIGatewayProxyEvent, { awsRequestId }: Context) => awsRequestId)(event);
  // @ts-expect-error 'version' does not exist in type 'APIGatewayProxyEvent
  await handler({ version: '2.0' }, context);
}

/** Where the handler declares no context, a test need not make one up. */
export async function contextIsOptional(): Promise<void> {
  expectTypeOf(await withCors(promise)(event)).toEqualTypeOf<APIGatewayProxyResult>();
  expectTypeOf(await withCors(withCors(promise), {})(event)).toEqualTypeOf<APIGatewayProxyResult>();
  await withCors(promise)(event, context, () => undefined);
  // @ts-expect-error Expected 1-3 arguments, but got 0
  await withCors(promise)();
}

/** A wrapper of one's own. */
export function generic<Event, Ctx, Result>(
  handler: LambdaHandler<Event, Ctx, Result>,
): [LambdaHandler<Event, Ctx, Result>, CorsHandler<Event, Ctx, Result>, (e: Event, c: Ctx) => Promise<Result>] {
  const wrapped = withCors(handler);
  return [wrapped, wrapped, async (e, c) => wrapped(e, c)];
}
