/** The pages that more than one cause links to. */
export const HTTP_API_CORS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html';
export const REST_API_CORS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html';
export const GATEWAY_RESPONSES =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html';
export const CORS_CHECK = 'https://fetch.spec.whatwg.org/#cors-check';
export const CORS_RESPONSES = 'https://fetch.spec.whatwg.org/#http-responses';
export const PREFLIGHTS = 'https://fetch.spec.whatwg.org/#cors-preflight-fetch';
export const CREDENTIALS = 'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials';
