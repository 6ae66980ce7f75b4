import { withCors } from 'lambda-cors';
import { getNote } from './handlers.js';
import { ORIGIN } from './policy.js';

export const name = 'withCors, one origin';
export const role = 'ours';
export const how = 'One exact origin, so that every response is the same; the default lists are those of the others.';

export function configured(handler) {
  return withCors(handler, { allowOrigins: [ORIGIN] });
}

export function byDefault() {
  return withCors(getNote);
}
