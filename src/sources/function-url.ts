import { isObject } from '../events/types.js';
import { PRELUDE_TYPE } from '../gateway/awslambda.js';
import { payload2, readPayload2 } from './http-api.js';
import { REGION, URL_ID } from './identity.js';
import type { HttpResponse } from './messages.js';
import { remapped } from './rest-api.js';
import { utf8 } from './result.js';
import { type FaultKind, type GatewaySourceRules, LAMBDA_EVENT_BYTES, LAMBDA_RESULT_BYTES, MEGABYTE } from './rules.js';

/**
 * Function URL with AuthType NONE; its InvokeMode is RESPONSE_STREAM when the handler streams, otherwise BUFFERED.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export const functionUrl: GatewaySourceRules = {
  name: 'a function URL',
  stage: undefined,
  timeout: undefined,
  limits: {
    requestHeaders: Number.POSITIVE_INFINITY,
    requestBody: LAMBDA_EVENT_BYTES,
    responseHeaders: Number.POSITIVE_INFINITY,
    result: LAMBDA_RESULT_BYTES,
  },
  toEvent(request) {
    const context = {
      accountId: 'anonymous',
      apiId: URL_ID,
      domainName: `${URL_ID}.lambda-url.${REGION}.on.aws`,
      domainPrefix: URL_ID,
      requestId: request.id,
    };
    return payload2({ ...request, stage: '$default' }, context, request.fullPath);
  },
  fromResult(result) {
    const read = readPayload2(result, 'application/json');
    return typeof read === 'string' ? read : { ...read, lines: remapped(read.lines) };
  },
  streaming: {
    hasPrelude: (contentType) => contentType === PRELUDE_TYPE,
    // Not documented; this much only keeps from reading for ever what has no prelude.
    mostPrelude: MEGABYTE,
    fromPrelude(prelude, contentType) {
      if (prelude === undefined) return { status: 200, lines: [['Content-Type', contentType]], body: utf8('') };
      if (!isObject(prelude)) return 'the prelude is no object';
      const { body, ...head } = prelude;
      const read = readPayload2({ statusCode: 200, ...head }, 'application/octet-stream');
      return typeof read === 'string' ? read : { ...read, lines: remapped(read.lines) };
    },
  },
  toFault: functionUrlFault,
};

function functionUrlFault(kind: FaultKind): HttpResponse {
  const [status, text] = RESPONSES[kind] ?? [502, 'Internal Server Error'];
  return { status, lines: [['Content-Type', 'text/plain']], body: utf8(text) };
}

const RESPONSES: Partial<Record<FaultKind, readonly [number, string]>> = {
  'request body too large': [413, 'Request Entity Too Large'],
};
