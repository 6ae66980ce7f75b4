import { expect, it } from 'vitest';
import { frontOf } from '../../../src/cli/evidence/front.js';

const API = 'https://abc.execute-api.eu-west-1.amazonaws.com/prod/';

/** URL, response headers, what is in front. */
it.each([
  [API, { 'x-amz-apigw-id': 'a=' }, 'rest-api', false],
  [API, { 'x-amz-apigw-id': 'a=', Via: '1.1 b.cloudfront.net (CloudFront)', 'X-Amz-Cf-Id': 'c' }, 'rest-api', false],
  [API, { 'Apigw-Requestid': 'a=' }, 'http-api', false],
  ['https://api.example.com/', { 'apigw-requestid': 'a=', 'X-Cache': 'Miss from cloudfront' }, 'http-api', true],
  ['https://abc.lambda-url.eu-west-1.on.aws/', { 'x-amzn-ErrorType': 'AccessDeniedException' }, 'function-url', false],
  ['https://my.elb.amazonaws.com/', {}, 'alb', false],
  ['https://api.example.com/', { Server: 'awselb/2.0' }, 'alb', false],
  ['https://my-0a.7d67968.vpc-lattice-svcs.eu-west-1.on.aws/', {}, 'lattice', false],
  ['https://api.example.com/', { 'X-Amz-Cf-Id': 'c' }, 'unknown', true],
] as const)('%s with %j is %s, CloudFront: %s', (url, headers, gateway, cloudFront) => {
  expect(frontOf(url, [{ status: 200, headers: Object.entries(headers) }])).toEqual({ gateway, cloudFront });
});
