import middy from '@middy/core';
import { withCors } from 'lambda-cors';
import { ORIGINS } from './policy.js';

export const name = 'withCors around Middy';
export const role = 'ours';
export const how = 'The three origins; Middy with no middleware.';

export function configured(handler) {
  return withCors(middy(handler), { allowOrigins: ORIGINS });
}
