import middy from '@middy/core';
import { cors } from 'lambda-cors/middy';
import { getNote } from './handlers.js';
import { ORIGINS } from './policy.js';

export const name = 'Middy, our cors()';
export const role = 'ours';
export const how = 'The three origins.';

export function configured(handler) {
  return middy(handler).use(cors({ allowOrigins: ORIGINS }));
}

export function byDefault() {
  return middy(getNote).use(cors());
}
