import { withCors } from 'lambda-cors';
import { ORIGINS } from './policy.js';

export const name = 'withCors, a list';
export const role = 'ours';
export const how = 'The three origins.';

export function configured(handler) {
  return withCors(handler, { allowOrigins: ORIGINS });
}
