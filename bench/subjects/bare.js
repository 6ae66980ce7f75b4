import { getNote } from './notes.js';

export const name = 'bare async handler';
export const role = 'floor';
export const how = 'No CORS at all: the floor, not a peer.';

export function configured() {
  return getNote;
}
