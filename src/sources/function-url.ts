import { urlAuthorizer } from './authorizer.js';
import { utf8 } from './bytes.js';
import {
  type FaultKind,
  type FrontDoor,
  MAX_EVENT_BYTES,
  MAX_RESULT_BYTES,
  MEGABYTE,
  PRELUDE_TYPE,
} from './front-door.js';
import { payload2, readPayload2 } from './http-api.js';
import { ACCOUNT, REGION, URL_ID } from './identity.js';
import { type HttpResponse, isObject } from './messages.js';
import { remapped } from './rest-api.js';
import { mapLines } from './result.js';
import { NO_ROUTE } from './router.js';

/**
 * Function URL with AuthType NONE, or AWS_IAM where an authorizer is given; its InvokeMode is RESPONSE_STREAM when the handler streams, otherwise BUFFERED.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export const functionUrl: FrontDoor = {
  name: 'a function URL',
  stage: undefined,
  timeout: undefined,
  limits: {
    requestHeaders: Number.POSITIVE_INFINITY,
    requestBody: MAX_EVENT_BYTES,
    responseHeaders: Number.POSITIVE_INFINITY,
    result: MAX_RESULT_BYTES,
  },
  authorizer: { kinds: ['iam'], hasScopes: false, nestedContext: false, toContext: urlAuthorizer },
  toEvent(request, _settings, { authorizer }) {
    const context = {
      accountId: authorizer === undefined ? 'anonymous' : ACCOUNT,
      apiId: URL_ID,
      domainName: `${URL_ID}.lambda-url.${REGION}.on.aws`,
      domainPrefix: URL_ID,
      requestId: request.id,
    };
    const passage = { route: { ...NO_ROUTE, key: '$default' }, authorizer };
    return payload2({ ...request, stage: '$default' }, context, request.fullPath, passage);
  },
  fromResult(result) {
    return mapLines(readPayload2(result, 'application/json'), remapped);
  },
  streaming: {
    hasPrelude: (contentType) => contentType === PRELUDE_TYPE,
    // Not documented; this much only keeps from reading for ever what has no prelude.
    maxPrelude: MEGABYTE,
    fromPrelude(prelude, contentType) {
      if (prelude === undefined) return { status: 200, lines: [['Content-Type', contentType]], body: utf8('') };
      if (!isObject(prelude)) return { fault: 'the prelude is not an object' };
      const { body, ...head } = prelude;
      return mapLines(readPayload2({ statusCode: 200, ...head }, 'application/octet-stream'), remapped);
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
