import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import { getNote } from './notes.js';
import { HEADERS, MAX_AGE, METHODS, ORIGINS } from './policy.js';

export const name = 'Middy, @middy/http-cors';
export const role = 'peer';
export const how =
  'The three origins; disableBeforePreflightResponse: false, since by default it leaves preflights to the handler. No other middleware.';

export function configured() {
  return middy(getNote).use(
    httpCors({
      origins: ORIGINS,
      methods: METHODS.join(','),
      headers: HEADERS.join(','),
      maxAge: MAX_AGE,
      disableBeforePreflightResponse: false,
    }),
  );
}

export function byDefault() {
  return middy(getNote).use(httpCors());
}
