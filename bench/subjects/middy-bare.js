import middy from '@middy/core';
import { getNote } from './notes.js';

export const name = 'Middy alone';
export const role = 'floor';
export const how = 'No middleware: what Middy itself costs, not a peer.';

export function configured() {
  return middy(getNote);
}
