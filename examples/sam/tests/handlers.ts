import './environment.js';
import type { Context } from 'aws-lambda';
import { handler as notesApi } from '../src/notes-api.js';
import { handler as notesMiddy } from '../src/notes-middy.js';
import type { HttpEvent } from '../src/request.js';
import type { Result } from '../src/result.js';
import { type SentRequest, sources } from './events.js';

const handlers = [
  { name: 'withCors', handle: notesApi },
  { name: 'cors() in Middy', handle: notesMiddy as (event: HttpEvent, context: Context) => Promise<Result> },
] as const;

/** Either handler behind either gateway, as rows for `describe.each`. */
export const deployments = handlers.flatMap(({ name, handle }) =>
  sources.map(({ source, eventOf }) => ({
    deployment: `${name} behind ${source}`,
    send: (request: SentRequest) => handle(eventOf(request), {} as Context),
  })),
);

/** The headers about CORS, under their names in lower case. */
export function corsHeadersOf({ headers = {} }: Result): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => name === 'vary' || name.startsWith('access-control-')),
  );
}

/** The headers that let a page of `origin` read an answer of the API. */
export function readableBy(origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET,POST,DELETE',
    'access-control-allow-headers': 'Content-Type',
    'access-control-expose-headers': 'Location,Retry-After',
    vary: 'Origin',
  };
}
