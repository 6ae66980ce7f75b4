import { HEADERS, METHODS, ORIGIN } from './policy.js';

export const name = 'hand-written wrapper';
export const role = 'reference';
export const how =
  'The same spread in a function around any handler: what withCors takes the place of, so ratios are to this line.';

export function configured(handler) {
  const [headers, methods] = [HEADERS.join(','), METHODS.join(',')];
  const handWritten = (fn) => async (event, context) => {
    const r = await fn(event, context);
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
  return handWritten(handler);
}
