import type { HttpEvent, Source } from './types.js';

/**
 * REST API, Lambda proxy integration. It joins `headers` and `multiValueHeaders`, whatever their casing, and
 * answers 502 to any key that it does not know.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const restApi: Source = {
  name: 'a REST API',
  method,
  map: 'headers',
  readsMultiValue: true,
  // Only in the prelude of a streamed response: elsewhere it is a key that REST APIs do not know.
  readsCookies: true,
  withoutStatus: 'ok',
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
  streaming: { expectsPrelude: true, maxPrelude: 16 * 1024 },
  onlyKeys: ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'],
};

/**
 * HTTP API with payload format 1.0: the same shapes, and other keys are ignored. SAM's local gateway demands a status;
 * AWS does not say whether it may be left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpApiV1: Source = {
  name: 'an HTTP API (payload format 1.0)',
  method,
  map: 'headers',
  readsMultiValue: true,
  withoutStatus: 'unclear',
};

function method(event: HttpEvent): string {
  return event.httpMethod as string;
}
