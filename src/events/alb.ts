import type { HttpEvent, Source } from './types.js';

/**
 * Application Load Balancer. Its target group is set to either kind of header map, uses that one in the event,
 * and reads only that one from the result.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const albSingleValue: Source = {
  name: 'a load balancer',
  method,
  map: 'headers',
  readsMultiValue: false,
  readsCookies: false,
  readsLists: false,
  withoutStatus: 'error',
  required: { isBase64Encoded: false },
};

export const albMultiValue: Source = {
  name: 'a load balancer with multi-value headers',
  method,
  map: 'multiValueHeaders',
  readsMultiValue: true,
  readsCookies: false,
  readsLists: false,
  withoutStatus: 'error',
  required: { isBase64Encoded: false },
};

function method(event: HttpEvent): string {
  return event.httpMethod as string;
}
