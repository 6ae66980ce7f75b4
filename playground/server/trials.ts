import { randomUUID } from 'node:crypto';
import { httpTransport } from '../../src/gateway.js';
import { type Order, TRIAL_PARAMETER, type Trial } from '../messages.js';
import { adviceFor } from './advice.js';
import type { NotesApi } from './api.js';
import { predict } from './predict.js';

/** The origin of the page, and the cookies that its browser holds for it. Cookies ignore ports, so they are the API's too. */
export interface Asker {
  readonly origin: string;
  readonly cookie?: string;
}

/** Sets up the ordered API, and predicts the outcome of the request. */
export async function tryOut(api: NotesApi, order: Order, asker: Asker): Promise<Trial> {
  await api.change(order.api);
  const id = randomUUID().slice(0, 8);
  const { path, ...request } = order.request;
  const url = urlOf(api.origin, path, id);
  try {
    const asked = { ...request, ...asker, url };
    const prediction = await predict(asked, httpTransport(), order.engine, (verdict) =>
      adviceFor(verdict, order.api, api.exchangesOf(id).at(-1)),
    );
    return { id, url, prediction: { ...prediction, exchanges: api.exchangesOf(id) } };
  } finally {
    api.forget(id);
  }
}

function urlOf(origin: string, path: string, id: string): string {
  const url = new URL(`${origin}${path}`);
  if (url.origin !== origin || !path.startsWith('/')) throw new TypeError('the path must begin with a slash');
  url.hash = '';
  url.searchParams.append(TRIAL_PARAMETER, id);
  return url.href;
}
