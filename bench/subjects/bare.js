export const name = 'bare handler';
export const role = 'floor';
export const how = 'No CORS at all: the floor, not a peer.';

export function configured(handler) {
  return handler;
}
