import middy from '@middy/core';
import { cors } from 'lambda-cors/middy';
import { getNote } from './notes.js';
import { ORIGINS } from './policy.js';

export const name = 'Middy, our cors()';
export const role = 'ours';
export const how = 'The three origins.';

export function configured() {
  return middy(getNote).use(cors({ allowOrigins: ORIGINS }));
}

export function byDefault() {
  return middy(getNote).use(cors());
}
