import type { WireResponse } from '../../browser.js';
import type { FrontKind } from '../../diagnosis/front.js';
import { headerOf } from './headers.js';

/** What is in front of a function, as far as its responses show. */
export interface Front {
  readonly gateway: FrontKind;
  /** Whether a CloudFront distribution is in front of that; edge-optimized REST APIs come with one. */
  readonly cloudFront: boolean;
}

export function frontOf(url: string, responses: readonly WireResponse[]): Front {
  const { hostname } = new URL(url);
  const gateway = gatewayOf(hostname, responses);
  const passedCloudFront = responses.some(
    (response) =>
      headerOf(response, 'x-amz-cf-id') !== undefined ||
      /cloudfront/i.test(`${headerOf(response, 'via')} ${headerOf(response, 'x-cache')}`),
  );
  return { gateway, cloudFront: passedCloudFront && !hostname.includes('.execute-api.') };
}

function gatewayOf(hostname: string, responses: readonly WireResponse[]): FrontKind {
  function has(name: string): boolean {
    return responses.some((response) => headerOf(response, name) !== undefined);
  }
  if (hostname.includes('.lambda-url.')) return 'function-url';
  if (hostname.includes('.vpc-lattice-svcs.')) return 'lattice';
  if (has('apigw-requestid')) return 'http-api';
  if (has('x-amz-apigw-id') || has('x-amzn-errortype')) return 'rest-api';
  const byBalancer = responses.some((response) => headerOf(response, 'server')?.startsWith('awselb/'));
  return byBalancer || hostname.includes('.elb.') ? 'alb' : 'unknown';
}
