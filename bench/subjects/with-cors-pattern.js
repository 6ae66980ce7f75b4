import { withCors } from 'lambda-cors';
import { getNote } from './notes.js';

export const name = 'withCors, a pattern';
export const role = 'ours';
export const how = 'https://*.example.com, which parses every origin.';

export function configured() {
  return withCors(getNote, { allowOrigins: ['https://*.example.com'] });
}
