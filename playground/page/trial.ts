import type { EngineName } from '../../src/browser.js';
import { type Order, type Outcome, type SeenRequest, TOKEN_HEADER, type Trial } from '../messages.js';
import { meta } from './dom.js';
import type { Wanted } from './form.js';

/** Both halves of a trial: the prediction and what happened. */
export interface Result {
  readonly trial: Trial;
  readonly real: { readonly outcome: Outcome; readonly exchanges: readonly SeenRequest[] };
}

export async function run({ api, request }: Wanted, engine: EngineName): Promise<Result> {
  const order: Order = { api, request, engine };
  const trial = await ask<Trial>('/trials', { method: 'POST', body: JSON.stringify(order) });
  const outcome = await fetchForReal(trial.url, request);
  return { trial, real: { outcome, exchanges: await ask<readonly SeenRequest[]>(`/trials/${trial.id}`) } };
}

/** Sends a request to another origin, with the browser that shows the page. */
async function fetchForReal(url: string, { method, headers, credentials, body }: Order['request']): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method,
      headers: headers.map(([name, value]) => [name, value]),
      credentials,
      ...(body === undefined ? {} : { body }),
    });
    return {
      allowed: true,
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  } catch (error) {
    return { allowed: false, reason: String(error) };
  }
}

/** Asks the page's own server. */
async function ask<Answer>(path: string, options: RequestInit = {}): Promise<Answer> {
  const response = await fetch(path, { ...options, headers: { [TOKEN_HEADER]: meta('token') } }).catch(() => {
    throw new Error(`The playground does not answer. ${RUNNING}`);
  });
  const answer: unknown = await response.json().catch(() => {
    throw new Error(`Something else answers at ${location.origin}. ${RUNNING}`);
  });
  if (!response.ok) throw new Error(`The playground’s server: ${(answer as { message: string }).message}`);
  return answer as Answer;
}

const RUNNING = 'Is npm start still running?';
