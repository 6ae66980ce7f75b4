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
import { withCors } from '../../src/index.js';
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
  // @ts-expect-error 'version' does not exist in type 'APIGatewayProxyEvent
  await handler({ version: '2.0' }, context);
}
