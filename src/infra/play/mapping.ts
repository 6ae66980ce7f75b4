import type { Scalar } from '../node.js';

/** What API Gateway makes of the value of a response parameter. */
type Mapping =
  | { readonly kind: 'static'; readonly text: string }
  /** Taken from the request, the integration's response or the context, as in `method.request.header.Origin`. */
  | { readonly kind: 'expression'; readonly of: string }
  /** Neither: the deployment fails with `Invalid mapping expression specified`. */
  | { readonly kind: 'invalid' };

const EXPRESSION = /^(?:method|integration)\.(?:request|response)\.|^(?:context|stageVariables)\./;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html */
export function mappingOf(value: Scalar): Mapping {
  if (typeof value !== 'string') return { kind: 'invalid' };
  if (value.length >= 2 && value.startsWith("'") && value.endsWith("'")) {
    return { kind: 'static', text: value.slice(1, -1) };
  }
  return EXPRESSION.test(value) ? { kind: 'expression', of: value } : { kind: 'invalid' };
}

/** The request header that an expression copies, in lower case. */
export function copiedHeader(expression: string): string | undefined {
  return /^method\.request\.(?:multivalue)?header\.(.+)$/.exec(expression)?.[1]?.toLowerCase();
}
