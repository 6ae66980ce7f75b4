import { getNote } from './notes.js';
import { HEADERS, METHODS, ORIGIN } from './policy.js';

export const name = 'hand-written, inside the handler';
export const role = 'reference';
export const how =
  'The headers spread over the result, as the API Gateway guide shows, in the handler itself. One origin, no preflight, no Vary, nothing for errors.';

export function configured() {
  const [headers, methods] = [HEADERS.join(','), METHODS.join(',')];
  return async (event) => {
    const r = await getNote(event);
    return {
      ...r,
      headers: {
        ...r.headers,
        'Access-Control-Allow-Origin': ORIGIN,
        'Access-Control-Allow-Headers': headers,
        'Access-Control-Allow-Methods': methods,
      },
    };
  };
}
