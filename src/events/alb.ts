import type { HttpEvent, Source } from './types.js';

/**
 * Application Load Balancer. A setting of its target group chooses between `headers` and `multiValueHeaders`: the event
 * has only the one that is set, and only that one is read from the result.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const albSingleValue: Source = {
  name: 'a load balancer',
  method,
  map: 'headers',
  withoutStatus: 'error',
  required: { isBase64Encoded: false },
};

export const albMultiValue: Source = {
  name: 'a load balancer with multi-value headers',
  method,
  map: 'multiValueHeaders',
  readsMultiValue: true,
  withoutStatus: 'error',
  required: { isBase64Encoded: false },
};

function method(event: HttpEvent): string {
  return event.httpMethod as string;
}
