import middy from '@middy/core';

export const name = 'Middy alone';
export const role = 'floor';
export const how = 'No middleware: what Middy itself costs, not a peer.';

export function configured(handler) {
  return middy(handler);
}
