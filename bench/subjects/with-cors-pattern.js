import { withCors } from 'lambda-cors';

export const name = 'withCors, a pattern';
export const role = 'ours';
export const how = 'https://*.example.com alone.';

export function configured(handler) {
  return withCors(handler, { allowOrigins: ['https://*.example.com'] });
}
