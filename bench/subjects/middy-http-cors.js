import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import httpErrorHandler from '@middy/http-error-handler';
import { getNote } from './handlers.js';
import { HEADERS, MAX_AGE, METHODS, ORIGINS } from './policy.js';

export const name = 'Middy, @middy/http-cors';
export const role = 'peer';
export const how =
  'The three origins, and `@middy/http-error-handler`, without which an error has no response; disableBeforePreflightResponse: false, since by default it leaves preflights to the handler.';

export function configured(handler) {
  return middy(handler)
    .use(
      httpCors({
        origins: ORIGINS,
        methods: METHODS.join(','),
        headers: HEADERS.join(','),
        maxAge: MAX_AGE,
        disableBeforePreflightResponse: false,
      }),
    )
    .use(httpErrorHandler());
}

export function byDefault() {
  return middy(getNote).use(httpCors());
}
