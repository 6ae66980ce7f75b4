import type { HttpEvent, Source, StreamingRules } from './types.js';

/**
 * HTTP API with payload format 2.0. A result without `statusCode` is the body of a 200 as a whole.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpApi: Source = {
  name: 'an HTTP API',
  method,
  map: 'headers',
  readsCookies: true,
  withoutStatus: 'body',
};

/** AWS documents no limit; this one keeps a stream without a prelude from being collected for ever. */
export const functionUrlStreaming: StreamingRules = { expectsPrelude: false, maxPrelude: 1024 * 1024 };

/** Function URLs share the payload format: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
export const functionUrl: Source = { ...httpApi, name: 'a function URL', streaming: functionUrlStreaming };

function method(event: HttpEvent): string {
  const { http } = event.requestContext as { http: { method: string } };
  return http.method;
}
