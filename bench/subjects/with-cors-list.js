import { withCors } from 'lambda-cors';
import { getNote } from './notes.js';
import { ORIGINS } from './policy.js';

export const name = 'withCors, a list';
export const role = 'ours';
export const how = 'The three origins.';

export function configured() {
  return withCors(getNote, { allowOrigins: ORIGINS });
}
